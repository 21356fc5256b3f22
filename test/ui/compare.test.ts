import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { test } from './support/ui-test.ts';

/** Stores a session with a tool call for each name; its id. */
async function storeRun(project: OwnProject, tools: readonly string[], start: number) {
  const session = randomUUID();
  await project.api.ok('startSession', {
    body: { session: { session_id: session, session_name: 'agent run', start_time: start } },
  });
  const events = tools.map((name, index) => ({
    session_id: session,
    event_id: `${session}-${index}`,
    parent_id: session,
    event_type: 'tool',
    event_name: name,
    start_time: start + index * 100,
    duration: 50 + tools.length * 10,
    inputs: { query: `${name} of ${tools.length}` },
    outputs: { ok: true },
    metadata: { cost: 0.001 * tools.length },
  }));
  await project.api.ok('createEventBatch', { body: { events } });
  return session;
}

async function storeRuns(project: OwnProject) {
  const before = await storeRun(project, ['plan', 'search', 'answer'], Date.now() - 120_000);
  const after = await storeRun(project, ['plan', 'fetch', 'search', 'answer'], Date.now() - 60_000);
  return { before, after };
}

test('steps are aligned, and what differs in a step is shown', async ({ ui }) => {
  const { before, after } = await storeRuns(ui.project);
  const page = await ui.open(`/compare?a=${before}&b=${after}`);
  const grid = page.getByRole('treegrid');
  await grid.getByRole('row', { name: /plan/ }).waitFor();

  await page.getByRole('button', { name: 'First difference' }).click();
  await expect.poll(() => grid.locator('[aria-selected=true]').innerText()).toContain('fetch');
  await grid.getByRole('row', { name: /search/ }).click();

  const input = page.getByRole('region', { name: 'Input', exact: true });
  await input.getByText('search of 3').waitFor();
  await input.getByText('search of 4').waitFor();
  await expect.poll(() => grid.getByRole('row').count()).toBe(6);
  await grid.getByRole('row', { name: /search.*\+10 ms.*\+\$0\.001/ }).waitFor();
});

test('the one to compare with is found by its name', async ({ ui }) => {
  const { before, after } = await storeRuns(ui.project);
  const page = await ui.open(`/compare?b=${after}`);

  await page.getByRole('button', { name: 'Previous session of the same name' }).first().click();

  await expect.poll(() => new URL(page.url()).searchParams.get('a')).toBe(before);
  await page.getByRole('row', { name: /fetch only in B/ }).waitFor();
});

test('with the keyboard alone: two sessions are marked, compared, and their differences walked', async ({
  ui,
}) => {
  const { before, after } = await storeRuns(ui.project);
  const page = await ui.open('/sessions');
  await page
    .getByRole('row', { name: /agent run/ })
    .nth(1)
    .waitFor();

  await page.keyboard.type('jxjxc');
  const grid = page.getByRole('treegrid');
  await grid.getByRole('row', { name: /fetch/ }).waitFor();
  const { searchParams } = new URL(page.url());
  expect(new Set([searchParams.get('a'), searchParams.get('b')])).toEqual(new Set([before, after]));

  const selected = () => grid.locator('[aria-selected=true]').innerText();
  await page.keyboard.press('d');
  await expect.poll(selected).toContain('fetch');
  await page.keyboard.press('j');
  await expect.poll(selected).toContain('search');
  await page.keyboard.press('k');
  await expect.poll(selected).toContain('fetch');
});

/** Stores a session with one call of a model; its id. */
async function storeAnswer(project: OwnProject, question: string, answer: string): Promise<string> {
  const session = randomUUID();
  const event = {
    session_id: session,
    event_type: 'model',
    event_name: 'answer',
    start_time: Date.now() - 60_000,
    duration: 500,
    inputs: { messages: [{ role: 'user', content: question }] },
    outputs: { role: 'assistant', content: answer },
  };
  await project.api.ok('createEvent', { body: { event } });
  return session;
}

test('changed messages of conversations are compared word by word', async ({ ui }) => {
  const question = 'Where is my order?';
  const before = await storeAnswer(ui.project, question, 'It arrives on Monday.');
  const after = await storeAnswer(ui.project, question, 'It arrives on Friday.');
  const page = await ui.open(`/compare?a=${before}&b=${after}`);

  await page
    .getByRole('treegrid')
    .getByRole('row', { name: /answer/ })
    .click();
  const output = page.getByRole('region', { name: 'Output', exact: true });
  await output.getByText('Assistant, changed').waitFor();

  expect(await output.locator('del mark').first().innerText()).toMatch(/^Monday/);
  expect(await output.locator('ins mark').first().innerText()).toMatch(/^Friday/);
  const input = page.getByRole('region', { name: 'Input', exact: true });
  await input.getByText('No difference').waitFor();
});

test('sessions that did the same say so, and an unknown one is named', async ({ ui }) => {
  const one = await storeRun(ui.project, ['plan', 'answer'], Date.now() - 120_000);
  const other = await storeRun(ui.project, ['plan', 'answer'], Date.now() - 60_000);

  const page = await ui.open(`/compare?a=${one}&b=${other}`);
  await page.getByText('Both did the same steps.').waitFor();
  await page.goto(`${page.url().split('?')[0]}?a=nowhere&b=${other}`);

  await page.getByText('Session A does not exist').waitFor();
});
