import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAccessible } from './support/axe.ts';
import { expectFocus } from './support/focus.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

interface Step {
  readonly id: string;
  readonly type: 'chain' | 'tool' | 'model';
  readonly name?: string;
  readonly parent?: string;
  readonly error?: string;
  readonly say?: string;
}

const steps: readonly Step[] = [
  { id: 'plan', type: 'chain' },
  { id: 'ask', type: 'model', parent: 'plan', say: 'Lisbon in May' },
  ...Array.from({ length: 6 }, (_, index): Step => ({
    id: `fetch${index}`,
    type: 'tool',
    name: 'fetch_page',
    parent: 'plan',
  })),
  { id: 'search', type: 'tool', error: 'TimeoutError: no answer in 30 s' },
  { id: 'lost', type: 'tool', parent: 'nobody' },
  { id: 'answer', type: 'model', say: 'Take the tram.' },
];

/** Stores a session of the steps, half a second apart; its id. */
async function storeSession(project: OwnProject, list: readonly Step[] = steps): Promise<string> {
  const session = randomUUID();
  const idOf = (id: string) => `${session}-${id}`;
  const start = Date.now() - 60_000;
  await project.api.ok('startSession', {
    body: { session: { session_id: session, session_name: 'trip planner', start_time: start } },
  });
  const events = list.map(({ id, type, name = id, parent, error = null, say = id }, index) => ({
    session_id: session,
    event_id: idOf(id),
    parent_id: parent === undefined ? session : idOf(parent),
    event_type: type,
    event_name: name,
    start_time: start + index * 500,
    duration: 400,
    error,
    inputs: { question: say },
    outputs: { content: say },
    metadata: type === 'model' ? { total_tokens: 30, cost: 0.002 } : {},
    config: type === 'model' ? { model: 'gpt-5' } : {},
  }));
  await project.api.ok('createEventBatch', { body: { events } });
  return session;
}

test.for(looks)('the tree of a session, %o', async ({ theme, size }, { ui }) => {
  const session = await storeSession(ui.project);
  const page = await ui.open(`/sessions/${session}`, { theme, size });
  await page.getByRole('row', { name: /trip planner/ }).waitFor();

  await takePicture(page, `session ${theme} ${size}`);
  await expectAccessible(page);
});

test('a session is shown with its sums, its repeated steps folded and its errors marked', async ({
  ui,
}) => {
  const page = await ui.open(`/sessions/${await storeSession(ui.project)}`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });

  await tree.getByRole('row', { name: /fetch_page × 6/ }).waitFor();
  const failed = tree.getByRole('row', { name: /search.*1 error/ });
  const orphans = tree.getByRole('row', { name: /Parent not in this session/ });

  await expect.poll(() => failed.count()).toBe(1);
  await expect.poll(() => orphans.count()).toBe(1);
  await expect.poll(() => page.locator('header').first().innerText()).toContain('1 error');
});

test('events whose parents are elsewhere are open, with their number; where all of them are, they are at the top', async ({
  ui,
}) => {
  const some = await storeSession(ui.project);
  const all = await storeSession(ui.project, [
    { id: 'plan', type: 'model', parent: 'elsewhere' },
    { id: 'answer', type: 'model', parent: 'nowhere' },
  ]);

  const page = await ui.open(`/sessions/${some}?v=tree`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });
  await tree.getByRole('row', { name: /Parent not in this session 1/ }).waitFor();
  await tree.getByRole('row', { name: /tool lost/ }).waitFor();
  await page.goto(page.url().replace(some, all));

  for (const name of [/model plan/, /model answer/]) {
    const row = tree.getByRole('row', { name });
    await expect.poll(() => row.getAttribute('aria-level')).toBe('1');
  }
  expect(await tree.getByRole('row', { name: /Parent not/ }).count()).toBe(0);
});

test('a step of 0 ms has ended, one without an end has not', async ({ ui }) => {
  const session_id = randomUUID();
  const start_time = Date.now() - 60_000;
  const steps = ['cached', 'waiting', 'last'].map((event_name, place) => ({
    session_id,
    event_name,
    event_type: 'tool',
    start_time,
    ...(place === 1 ? {} : { end_time: start_time + (place === 2 ? 9000 : 0) }),
  }));
  await ui.project.api.ok('createEventBatch', { body: { events: steps } });

  const page = await ui.open(`/sessions/${session_id}`);
  const rowOf = (name: RegExp) => page.getByRole('row', { name }).innerText();

  await page.getByRole('row', { name: /cached/ }).waitFor();
  expect(await rowOf(/cached/)).toContain('0 ms');
  expect(await rowOf(/waiting/)).toContain('still running');
});

test('everything in the tree can be reached by keyboard, and a link shows it again', async ({
  ui,
}) => {
  const session = await storeSession(ui.project);
  const page = await ui.open(`/sessions/${session}`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });
  await tree.getByRole('row', { name: /fetch_page × 6/ }).waitFor();
  const selected = tree.locator('[aria-selected=true]');

  await tree.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => tree.getByRole('row', { name: /ask/ }).count()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('e');
  await expect.poll(() => selected.innerText()).toContain('search');
  const link = page.url();
  await page.goto(link);

  await expect.poll(() => selected.innerText()).toContain('search');
  await page
    .getByRole('region', { name: 'Detail of the event' })
    .getByText('TimeoutError')
    .first()
    .waitFor();
  await page.keyboard.press(']');
  await expect.poll(() => tree.getByRole('row', { name: /^tool fetch_page/ }).count()).toBe(6);
});

test('find in session sees names at once and payloads, and walks the hits', async ({ ui }) => {
  const page = await ui.open(`/sessions/${await storeSession(ui.project)}`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });
  await tree.getByRole('row', { name: /ask/ }).waitFor();

  await tree.focus();
  await page.keyboard.press('/');
  await expectFocus(page.getByRole('search'));
  await page.keyboard.type('lisbon');
  const status = page.getByRole('search').getByRole('status');
  await expect.poll(() => status.innerText()).toMatch(/of 1/);
  await page.keyboard.press('Enter');

  await expect.poll(() => tree.locator('[aria-selected=true]').innerText()).toContain('ask');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('search').count()).toBe(0);
});

test('zooming shows a part of the time, in the address; 0 shows all of it', async ({ ui }) => {
  const page = await ui.open(`/sessions/${await storeSession(ui.project)}`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });
  await tree.getByRole('row', { name: /ask/ }).waitFor();

  await tree.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  await expect.poll(() => new URL(page.url()).searchParams.get('z')).toMatch(/^\d/);
  await page.keyboard.press('0');

  await expect.poll(() => new URL(page.url()).searchParams.get('z')).toBeNull();
});

test('events that arrive while the session is shown appear on their own', async ({ ui }) => {
  const session = await storeSession(ui.project, steps.slice(0, 2));
  const page = await ui.open(`/sessions/${session}`);
  await page.getByText('Live', { exact: true }).waitFor();

  const event = {
    session_id: session,
    parent_id: session,
    event_type: 'tool',
    event_name: 'late_arrival',
    inputs: {},
  };
  await ui.project.api.ok('createEvent', { body: { event } });

  await page.getByRole('row', { name: /late_arrival/ }).waitFor();
});

test('ten thousand events are a few hundred elements, and the last one is an End away', async ({
  ui,
}) => {
  const many = Array.from({ length: 10_000 }, (_, index): Step => ({
    id: `step${index}`,
    type: index % 3 === 0 ? 'model' : 'tool',
    name: `step ${index}`,
  }));
  const session = await storeSession(ui.project, many);
  const page = await ui.open(`/sessions/${session}`);
  const tree = page.getByRole('treegrid', { name: 'Events of the session' });
  await tree
    .getByRole('row', { name: /step 0/ })
    .first()
    .waitFor();

  await tree.focus();
  await page.keyboard.press('End');
  await tree.getByRole('row', { name: /step 9999/ }).waitFor();

  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  expect(elements).toBeLessThanOrEqual(1500);
});

test('a session that does not exist says so and leads back', async ({ ui }) => {
  const page = await ui.open('/sessions/nobody', { expectedProblems: ['404'] });

  await page.getByRole('heading', { name: 'No such session' }).waitFor();
  await page.getByRole('link', { name: 'All sessions' }).click();

  await expect.poll(() => page.url()).toMatch(/\/sessions$/);
});

test('a session is shared and compared from its header', async ({ ui }) => {
  const session = await storeSession(ui.project);
  const page = await ui.open(`/sessions/${session}`);
  const header = page.locator('header').first();
  // All tests share the clipboard of the one browser: others read there what they have copied.
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset['copied'] = text;
    };
  });

  await header.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Link copied').waitFor();
  expect(await page.locator('html').getAttribute('data-copied')).toBe(page.url());
  await header.getByRole('button', { name: 'Compare…' }).click();

  await expect.poll(() => new URL(page.url()).searchParams.get('a')).toBe(session);
});

test('a session is deleted after it was asked for', async ({ ui }) => {
  const session = await storeSession(ui.project);
  const page = await ui.open(`/sessions/${session}`);

  await page.locator('header').first().getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete session' }).click();

  await expect.poll(() => page.url()).toMatch(/\/sessions$/);
  await ui.project.api.refused('getSession', 404, { params: { session_id: session } });
});

test('the detail of the event under the pointer is there before it is clicked', async ({ ui }) => {
  const session = await storeSession(ui.project);
  const page = await ui.open(`/sessions/${session}`);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const askedFor = () => asked.filter((url) => url.includes(`events/${session}-answer?`)).length;
  const row = page.getByRole('row', { name: /answer/ });

  // The pointer is handled shortly after the rows appear: it moves between cells until it is.
  await expect
    .poll(async () => {
      await row.getByRole('gridcell').first().hover();
      await row.getByRole('gridcell').last().hover();
      return askedFor();
    })
    .toBe(1);
  await row.click();
  await page.getByText('Take the tram.').first().waitFor();

  expect(askedFor()).toBe(1);
});
