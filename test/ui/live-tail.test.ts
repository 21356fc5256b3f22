import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

const grid = (page: Page) => page.getByRole('grid');
const rowOf = (page: Page, id: string) => grid(page).locator(`[data-row="${id}"]`);

async function send(project: OwnProject, from: number, count: number): Promise<void> {
  const events = Array.from({ length: count }, (_each, index) => ({
    event_id: `live-${from + index}`,
    session_id: 'live-session',
    event_type: index % 2 === 0 ? 'model' : 'tool',
    event_name: `step ${from + index}`,
    start_time: Date.now(),
    duration: 120,
  }));
  await project.api.ok('createEventBatch', { body: { events } });
}

const placeOf = (page: Page, id: string): Promise<number> =>
  rowOf(page, id).evaluate((row) => row.getBoundingClientRect().top);

async function openLive(page: Page): Promise<void> {
  await page.getByText('Listening').waitFor();
}

test.for(looks)('a live list, %o', async ({ theme, size }, { ui }) => {
  const page = await ui.open('/events?live=1', { theme, size });
  await openLive(page);
  await page.getByRole('heading', { name: 'Waiting for the first event' }).waitFor();
  await expectAccessible(page);
  await send(ui.project, 0, 40);
  await rowOf(page, 'live-39').waitFor();
  await takePicture(page, `live ${theme} ${size}`);
  await expectAccessible(page);
});

test('nothing moves while the user reads further down; new rows are counted, and Home resumes', async ({
  ui,
}) => {
  const page = await ui.open('/events?live=1');
  await openLive(page);
  await send(ui.project, 0, 80);
  await rowOf(page, 'live-79').waitFor();
  await grid(page).evaluate((element) => element.scrollTo(0, 640));
  await rowOf(page, 'live-55').waitFor();
  const before = await placeOf(page, 'live-55');

  await send(ui.project, 100, 30);
  await page.getByRole('button', { name: /30 new/ }).waitFor();
  expect(await placeOf(page, 'live-55')).toBe(before);
  await page.getByText('Paused because you scrolled down').waitFor();
  await takePicture(page, 'live paused');
  await expectAccessible(page);

  await page.keyboard.press('Home');
  await rowOf(page, 'live-129').waitFor();
  await expect.poll(() => page.getByRole('button', { name: /new/ }).count()).toBe(0);
});

test('an open row pauses the list, and closing it resumes', async ({ ui }) => {
  const page = await ui.open('/events?live=1');
  await openLive(page);
  await send(ui.project, 0, 5);
  await rowOf(page, 'live-4').getByRole('link').click();
  await page.getByRole('region', { name: 'Peek' }).waitFor();
  await send(ui.project, 10, 3);
  await page.getByRole('button', { name: /3 new/ }).waitFor();
  expect(await rowOf(page, 'live-12').count()).toBe(0);
  await page.keyboard.press('Escape');
  await rowOf(page, 'live-12').waitFor();
});

test('the query decides what is streamed', async ({ ui }) => {
  const page = await ui.open('/events?live=1&q=event_type%3Atool');
  await openLive(page);
  await send(ui.project, 0, 10);
  await rowOf(page, 'live-9').waitFor();
  await expect.poll(() => grid(page).locator('[data-row]').count()).toBe(5);
});

test('deleted rows disappear automatically', async ({ ui }) => {
  const page = await ui.open('/events?live=1');
  await openLive(page);
  await send(ui.project, 0, 3);
  await rowOf(page, 'live-2').waitFor();

  await ui.project.api.ok('deleteSession', { params: { session_id: 'live-session' } });

  await rowOf(page, 'live-2').waitFor({ state: 'detached' });
});
