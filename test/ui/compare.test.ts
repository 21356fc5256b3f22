import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
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
  }));
  await project.api.ok('createEventBatch', { body: { events } });
  return session;
}

async function storeRuns(project: OwnProject) {
  const before = await storeRun(project, ['plan', 'search', 'answer'], Date.now() - 120_000);
  const after = await storeRun(project, ['plan', 'fetch', 'search', 'answer'], Date.now() - 60_000);
  return { before, after };
}

test.for(looks)('two sessions side by side, %o', async ({ theme, size }, { ui }) => {
  const { before, after } = await storeRuns(ui.project);
  const page = await ui.open(`/compare?a=${before}&b=${after}`, { theme, size });
  await page.getByRole('row', { name: /fetch only in B/ }).waitFor();

  await takePicture(page, `compare ${theme} ${size}`);
  await expectAccessible(page);
});

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
  expect(await input.innerText()).toContain('search of 4');
  expect(await grid.getByRole('row').count()).toBe(6);
});

test('the one to compare with is found by its name', async ({ ui }) => {
  const { before, after } = await storeRuns(ui.project);
  const page = await ui.open(`/compare?b=${after}`);

  await page.getByRole('button', { name: 'The one before it of the same name' }).first().click();

  await expect.poll(() => new URL(page.url()).searchParams.get('a')).toBe(before);
  await page.getByRole('row', { name: /fetch only in B/ }).waitFor();
});
