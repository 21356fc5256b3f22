import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { test } from './support/ui-test.ts';

const history = [
  { role: 'system', content: 'You answer for a shop.' },
  { role: 'user', content: 'Where is my order?' },
];
const asked = {
  role: 'assistant',
  content: 'Which number does it have?',
};

/** Stores a session of two calls, the second with the history of the first; its id. */
async function storeConversation(project: OwnProject): Promise<string> {
  const session = randomUUID();
  const start = Date.now() - 60_000;
  const call = (id: string, messages: readonly object[], answer: object) => ({
    session_id: session,
    event_id: `${session}-${id}`,
    event_type: 'model',
    event_name: `turn ${id}`,
    start_time: start + Number(id) * 1000,
    duration: 500,
    config: { model: 'gpt-5' },
    inputs: { messages },
    outputs: answer,
  });
  const events = [
    call('1', history, asked),
    call('2', [...history, asked, { role: 'user', content: 'It is 4411.' }], {
      role: 'assistant',
      content: 'It arrives tomorrow.',
    }),
  ];
  await project.api.ok('createEventBatch', { body: { events } });
  return session;
}

test('each message of a conversation is shown once, and leads to its event', async ({ ui }) => {
  const session = await storeConversation(ui.project);
  const page = await ui.open(`/sessions/${session}`);

  const turns = page.getByRole('button', { name: /^turn/ });
  await expect.poll(() => turns.count()).toBe(2);
  const thread = page.locator('section').filter({ has: turns }).locator('..').first();
  for (const said of ['Where is my order?', 'Which number does it have?', 'It arrives tomorrow.'])
    await thread.getByText(said).first().waitFor();
  const text = await thread.innerText();
  await turns.last().click();

  expect(text.split('Where is my order?')).toHaveLength(2);
  expect(text.split('Which number does it have?')).toHaveLength(2);
  expect(text).toContain('3 repeated messages are hidden.');
  await expect.poll(() => new URL(page.url()).searchParams.get('e')).toBe(`${session}-2`);
});

test('a conversation opens as one, until its reader prefers the tree', async ({ ui }) => {
  const session = await storeConversation(ui.project);
  const page = await ui.open(`/sessions/${session}`);
  const isPressed = (name: string) =>
    page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed');
  await page.getByText('It arrives tomorrow.').first().waitFor();
  expect(await isPressed('Thread')).toBe('true');
  expect(new URL(page.url()).search).toBe('');

  await page.getByRole('button', { name: 'Tree', exact: true }).click();
  await page.getByRole('row', { name: /turn 2/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('v')).toBe('tree');
  await page.goto(page.url().replace('?v=tree', ''));

  await page.getByRole('row', { name: /turn 2/ }).waitFor();
  expect(await isPressed('Tree')).toBe('true');
});

test('a link to a call of a conversation shows it there, one to a tool in the tree', async ({
  ui,
}) => {
  const session = await storeConversation(ui.project);
  const lookUp = {
    session_id: session,
    event_id: `${session}-tool`,
    event_type: 'tool',
    event_name: 'look up',
  };
  await ui.project.api.ok('createEvent', { body: { event: lookUp } });

  const page = await ui.open(`/sessions/${session}?e=${session}-2`);
  await page.getByRole('button', { name: /^turn 2/, pressed: true }).waitFor();
  await page.goto(page.url().replace(`${session}-2`, `${session}-tool`));

  await page.getByRole('row', { name: /look up/, selected: true }).waitFor();
});

test('calls of models without messages are no conversation', async ({ ui }) => {
  const session = randomUUID();
  const events = ['embed', 'rank'].map((event_name, index) => ({
    session_id: session,
    event_type: 'model',
    event_name,
    start_time: Date.now() - 60_000 + index,
    inputs: { vector: [1, 2] },
    outputs: { score: 0.4 },
  }));
  await ui.project.api.ok('createEventBatch', { body: { events } });

  const page = await ui.open(`/sessions/${session}`);

  await page.getByRole('row', { name: /rank/ }).waitFor();
});

test('the result of a tool is under its call, in the thread and in the panel', async ({ ui }) => {
  const session = randomUUID();
  const user = { role: 'user', content: 'Weather in Oslo?' };
  const call = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }],
  };
  const result = { role: 'tool', tool_call_id: 'c1', content: 'Three degrees.' };
  const answers = [1, 2].map((index) => ({
    index,
    message: { role: 'assistant', content: `Answer ${index}` },
    finish_reason: 'stop',
  }));
  const turns = [
    { messages: [user], outputs: call },
    { messages: [user, call, result], outputs: { choices: answers } },
  ];
  const events = turns.map(({ messages, outputs }, index) => ({
    session_id: session,
    event_id: `${session}-${index}`,
    event_type: 'model',
    event_name: `turn ${index}`,
    start_time: Date.now() - 60_000 + index * 1000,
    inputs: { messages },
    outputs,
  }));
  await ui.project.api.ok('createEventBatch', { body: { events } });

  const page = await ui.open(`/sessions/${session}?v=thread&e=${session}-0`);
  const turnButtons = page.getByRole('button', { name: /^turn/ });
  const thread = page.locator('section').filter({ has: turnButtons }).locator('..').first();
  const panel = page.getByRole('region', { name: 'Output' });

  await thread.getByText('Three degrees.').waitFor();
  await panel.getByText('Three degrees.').waitFor();
  expect(await thread.getByRole('heading', { level: 4 }).allInnerTexts()).toEqual([
    'User',
    'Assistant',
    'Assistant',
    'Assistant',
  ]);
  const texts = ['No result', 'Choice 2 of 2', 'Finish reason: stop', 'Other fields'];
  const counts = texts.map((text) => thread.getByText(text).count());
  expect(await Promise.all(counts)).toEqual([0, 1, 2, 0]);
});

test('a session without calls of models says so', async ({ ui }) => {
  const session = randomUUID();
  await ui.project.api.ok('startSession', {
    body: { session: { session_id: session, session_name: 'empty' } },
  });
  const page = await ui.open(`/sessions/${session}?v=thread`);

  const heading = page.getByRole('heading', { name: 'No model calls' });

  await heading.waitFor();
  expect(await heading.count()).toBe(1);
});
