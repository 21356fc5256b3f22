import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAria } from './support/aria.ts';
import { expectAccessible } from './support/axe.ts';
import { expectFocus } from './support/focus.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';
import type { Ui } from './support/ui-test.ts';

const rules = Array.from({ length: 30 }, (_, index) => `${index + 1}. Be kind.`).join('\n');
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const inputs = {
  messages: [
    { role: 'system', content: `You answer for a shop.\n\n${rules}` },
    { role: 'user', content: 'Where is my order 4411?' },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'I look it up.',
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'find_order', arguments: '{"order_id": 9007199254740993}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"status":"in_transit"}' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'And this?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
        { type: 'image_url', image_url: { url: 'https://tracker.example/pixel.png' } },
      ],
    },
  ],
  temperature: 0.5,
};

const answer = 'It is **on its way**.\n\n- [follow it](https://shop.example/4411)\n- or wait';

/** Stores an event and opens its session with it selected. */
async function openEvent(
  ui: Ui,
  { event_id: id = randomUUID(), ...event }: Record<string, unknown> & { event_id?: string },
  options: Parameters<Ui['open']>[1] = {},
): Promise<Page> {
  const session = randomUUID();
  await store(ui.project, { event_id: id, session_id: session, ...event });
  return ui.open(`/sessions/${session}?e=${id}`, options);
}

const store = (project: OwnProject, event: Record<string, unknown>) =>
  project.api.ok('createEvent', {
    body: { event: { event_type: 'model', event_name: 'answer', inputs: {}, ...event } },
  });

const conversation = {
  inputs,
  outputs: { role: 'assistant', content: answer },
  config: { model: 'gpt-5', temperature: 0.5 },
  metadata: { prompt_tokens: 120, completion_tokens: 30, cost: 0.0021, tier: 'gold' },
  error: 'RateLimitError: slow down',
  duration: 412,
};

const panelOf = (page: Page) => page.getByRole('region', { name: 'Detail of the event' });

test.for(looks)('the detail of an event, %o', async ({ theme, size }, { ui }) => {
  const page = await openEvent(ui, conversation, { theme, size });
  const panel = panelOf(page);
  await panel.getByText('on its way').waitFor();

  await takePicture(page, `detail ${theme} ${size}`);
  await expectAccessible(page);
  for (const tab of ['Metadata', 'Raw']) {
    await panel.getByRole('tab', { name: tab }).click();
    await panel.getByText(tab === 'Raw' ? '"gold"' : 'gold').waitFor();
    await takePicture(page, `detail ${tab} ${theme} ${size}`);
    await expectAccessible(page);
  }
});

test('a conversation is shown as one, and nothing of it is lost or fetched', async ({ ui }) => {
  const page = await openEvent(ui, conversation);
  const panel = panelOf(page);
  const input = panel.getByRole('region', { name: 'Input' });
  await input.getByText('Where is my order 4411?').waitFor();

  // Roles in order; what the tool gave back stands with its call.
  await expect
    .poll(() => input.getByRole('heading', { level: 4 }).allTextContents())
    .toEqual(['System', 'User', 'Assistant', 'User', 'Outside the messages']);
  await input.getByText('Show all 32 lines').click();
  await input.getByText('30. Be kind.').or(input.getByText('Be kind.').last()).first().waitFor();
  await input.getByText('9007199254740993').waitFor();
  await input.getByText('in_transit').waitFor();
  await input.getByText('0.5').waitFor();
  await input.getByRole('button', { name: 'Show the image in full size' }).waitFor();
  const remote = input.getByRole('link', { name: /tracker\.example/ });
  expect(await remote.getAttribute('rel')).toBe('noopener noreferrer');
  await expectAria(input, 'conversation');
  const output = panel.getByRole('region', { name: 'Output' });
  expect(await output.getByRole('link', { name: 'follow it' }).getAttribute('href')).toBe(
    'https://shop.example/4411',
  );
  await panel.getByText('RateLimitError: slow down').waitFor();
  for (const fact of ['Failed', 'gpt-5', '412 ms', '120 in, 30 out', '$0.0021 (from the sender)']) {
    await panel.getByText(fact, { exact: true }).first().waitFor();
  }
});

test('each part is shown as stored on demand, and the choice is saved for the field', async ({
  ui,
}) => {
  const page = await openEvent(ui, conversation);
  const input = panelOf(page).getByRole('region', { name: 'Input' });

  await input.getByRole('button', { name: 'JSON' }).click();
  await input.getByRole('treeitem', { name: /temperature/ }).waitFor();
  await page.reload();

  await input.getByRole('treeitem', { name: /temperature/ }).waitFor();
  const output = panelOf(page).getByRole('region', { name: 'Output' });
  await output.getByText('on its way').waitFor();
  await input.getByRole('button', { name: 'Raw' }).click();
  await input.getByText('"temperature":0.5').waitFor();
});

test('a tree is walked, opened and searched with the keyboard', async ({ ui }) => {
  const page = await openEvent(ui, {
    event_type: 'tool',
    inputs: {
      query: 'shoes',
      filters: { size: { from: 41, to: 42 }, colour: 'red' },
      raw: '{"inner": {"deep": 1}}',
      results: Array.from({ length: 300 }, (_, index) => ({ sku: `RUN-${index}` })),
    },
  });
  const input = panelOf(page).getByRole('region', { name: 'Input' });
  const tree = input.getByRole('tree');
  await tree.focus();
  const active = () => tree.locator('[aria-selected=true]').textContent();

  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toContain('filters');
  await page.keyboard.press('Shift+ArrowRight');
  await tree.getByText('from').waitFor();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => tree.getByText('from').count()).toBe(0);
  await page.keyboard.press('End');
  await expect.poll(active).toContain('results');

  await input.getByRole('searchbox').fill('RUN-299');
  await input.getByText('0 of 1').waitFor();
  await page.keyboard.press('Enter');
  await tree.getByText('RUN-299').waitFor();
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(200);

  await tree.focus();
  await page.keyboard.press('Home');
  await tree.getByText('{"inner": {"deep": 1}}').hover();
  await tree.getByRole('button', { name: 'Parse this text as JSON' }).click();
  await tree.getByText('inner').waitFor();
});

test('facts and values lead to the events that share them', async ({ ui }) => {
  const page = await openEvent(ui, conversation);
  const panel = panelOf(page);

  await panel.getByRole('button', { name: 'gpt-5' }).click();
  await page.waitForURL(/\/events\?q=model:gpt-5$/);
  await page.goBack();
  await panel.getByRole('tab', { name: 'Metadata' }).click();
  await panel.getByRole('treeitem', { name: /tier/ }).hover();
  await panel.getByRole('treeitem', { name: /tier/ }).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Exclude this value' }).click();
  await page.waitForURL(/\/events\?q=-metadata\.tier:gold$/);
});

test('feedback is given in place, taken back, and kept by the service', async ({ ui }) => {
  const id = randomUUID();
  const page = await openEvent(ui, { event_id: id, outputs: { content: 'Hello.' } });
  const panel = panelOf(page);
  const stored = async () => {
    const { feedback } = await ui.project.api
      .ok('getEvent', { params: { event_id: id } })
      .then((answer) => (answer as { event: { feedback: Record<string, unknown> } }).event);
    return feedback;
  };

  await panel.getByRole('button', { name: 'Good' }).click();
  await page.getByText('Feedback saved').waitFor();
  await expect.poll(stored).toMatchObject({ rating: true });
  await panel.getByLabel('Score').fill('abc');
  await page.keyboard.press('Enter');
  await panel.getByText('A score is a number.').waitFor();
  await panel.getByLabel('Score').fill('0.75');
  await page.keyboard.press('Enter');
  await expect.poll(stored).toMatchObject({ rating: true, score: 0.75 });
  await panel.getByRole('button', { name: 'Add a note' }).click();
  await expectFocus(panel.getByRole('textbox', { name: 'Note' }));
  await page.keyboard.type('A good answer');
  await page.keyboard.press('Control+Enter');
  await expect.poll(stored).toMatchObject({ comment: 'A good answer' });
  await page.reload();
  await panel.getByText('A good answer').waitFor();
  await panel.getByRole('button', { name: 'Good', pressed: true }).click();
  await expect.poll(stored).toMatchObject({ rating: null });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(stored).toMatchObject({ rating: true });
});

test('feedback that is refused is what it was before, and says why', async ({ ui }) => {
  const page = await openEvent(ui, { outputs: { content: 'Hello.' } });
  const panel = panelOf(page);
  await panel.getByText('Hello.').waitFor();
  await page.context().clearCookies();

  await panel.getByRole('button', { name: 'Bad' }).click();

  await panel.getByText('The feedback was not saved.').waitFor();
  await panel.getByRole('button', { name: 'Bad', pressed: false }).waitFor();
});

test('a part of 1.5 MB is loaded on its own, and all of it can be reached', async ({ ui }) => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({
    sku: `RUN-${index}`,
    text: 'x'.repeat(50),
  }));
  const page = await openEvent(ui, { event_type: 'tool', outputs: { rows } });
  const output = panelOf(page).getByRole('region', { name: 'Output' });
  await output.getByRole('tree').waitFor();

  await output.getByRole('searchbox').fill('RUN-19999');
  await output.getByText('0 of 1').waitFor();
  await page.keyboard.press('Enter');

  await output.getByText('RUN-19999').waitFor();
});

test('of a part of 15 MB the beginning is shown, and the whole on demand', async ({ ui }) => {
  const outputs = { text: `begin ${'word '.repeat(3_000_000)}end` };
  const page = await openEvent(ui, { event_type: 'tool', outputs });
  const output = panelOf(page).getByRole('region', { name: 'Output' });

  await output.getByText(/The first 262.1 KB of 15 MB are shown/).waitFor();
  await output.getByText(/begin word/).waitFor();
  expect(await output.getByRole('link', { name: 'Download' }).getAttribute('href')).toContain(
    'parts/outputs',
  );
  await output.getByRole('button', { name: 'Load all 15 MB' }).click();
  await output.getByRole('tree').waitFor();
});

test('a duration is placed among those of events of the same name, and leads to them', async ({
  ui,
}) => {
  const start = Date.now() - 60_000;
  const events = Array.from({ length: 20 }, (_, index) => ({
    event_id: `lookup-${index}`,
    session_id: 'lookups',
    event_type: 'tool',
    event_name: 'look up',
    inputs: {},
    start_time: start + index,
    duration: 100 * (index + 1),
  }));
  await ui.project.api.ok('createEventBatch', { body: { events } });

  const page = await ui.open('/sessions/lookups?e=lookup-17');
  await page.getByRole('button', { name: 'p88 Longer than 88% of 20 × look up' }).click();

  await page.getByText('20 of 20').waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('event_name:"look up"');
});

test('among few events of its name a duration has no place', async ({ ui }) => {
  const page = await openEvent(ui, { duration: 500, outputs: { content: 'It arrives.' } });

  await page.getByText('It arrives.').waitFor();
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
  expect(await page.getByRole('button', { name: /Longer than/ }).count()).toBe(0);
});
