import { randomUUID } from 'node:crypto';
import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import { fillSupportDesk } from './support/support-desk.ts';
import { test } from './support/ui-test.ts';

test('a chart is read by keyboard, as a table, and leads to its events', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts');
  const volume = page.getByRole('region', { name: 'Events by type' });
  const reader = volume.getByRole('slider');
  await reader.waitFor();

  await reader.focus();
  await page.keyboard.press('End');
  await expect.poll(() => reader.getAttribute('aria-valuetext')).toMatch(/model \d+/);
  await volume.getByRole('button', { name: /More of this chart/ }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  const lastRow = volume.getByRole('table').getByRole('row').last();
  await lastRow.getByRole('cell', { name: /^\d+$/ }).first().waitFor();
  await volume.getByRole('button', { name: /More of this chart/ }).click();
  await page.getByRole('menuitem', { name: 'Show as chart' }).click();
  await reader.focus();
  await page.keyboard.press('End');
  await expect.poll(() => reader.getAttribute('aria-valuetext')).toMatch(/model \d+/);
  await page.keyboard.press('Enter');

  await expect.poll(() => page.url()).toMatch(/\/events\?.*t=/);
});

test('charts are compared with the period before', async ({ ui }) => {
  const hour = 3_600_000;
  const now = Date.now();
  const toEvent = (name: string, ageHours: number) => ({
    event_type: 'model',
    event_name: name,
    start_time: now - ageHours * hour,
    end_time: now - ageHours * hour + 500,
  });
  await ui.project.api.ok('createEventBatch', {
    body: {
      events: [
        ...[2, 3, 4].map((age) => toEvent('late', age)),
        ...[26, 27].map((age) => toEvent('early', age)),
      ],
    },
  });
  const page = await ui.open('/charts');
  const volume = page.getByRole('region', { name: 'Events by type' });
  await volume.getByRole('slider').waitFor();

  await page.getByRole('button', { name: 'Compare' }).click();
  // Three models after two.
  await volume.getByRole('button', { name: /model 3 \+50 %/ }).waitFor();
  await volume.getByRole('button', { name: /More of this chart/ }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  await volume.getByRole('columnheader', { name: 'All, before' }).waitFor();
  expect(new URL(page.url()).searchParams.get('vs')).toBe('1');
});

test('numbers of a sample are estimated where asked, and say so; percentiles are not', async ({
  ui,
}) => {
  await ui.project.api.ok('updateProjectSettings', {
    params: { project_id: ui.project.id },
    body: { sampling_rate: 0.5 },
  });
  const events = Array.from({ length: 200 }, () => ({
    event_type: 'model',
    session_id: randomUUID(),
    duration: 500,
  }));
  const { created_count } = await ui.project.api.ok('createEventBatch', { body: { events } });
  const page = await ui.open('/charts');
  const volume = page.getByRole('region', { name: 'Events by type' });
  const legend = (count: number) => volume.getByRole('button', { name: `model ${count}` });
  await legend(created_count).waitFor();

  await page.getByRole('button', { name: 'Estimate' }).click();
  await legend(created_count * 2).waitFor();

  await volume.getByText(/^per .*, estimated from a sample$/).waitFor();
  const latency = page.getByRole('region', { name: 'Latency' });
  await latency.getByText(/^per /).waitFor();
  expect(await latency.getByText('estimated from a sample').count()).toBe(0);
  expect(new URL(page.url()).searchParams.get('est')).toBe('1');
});

test('the tools that fail most are named, with the calls that failed', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts');

  await page.getByRole('link', { name: 'search_docs' }).click();

  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toContain('search_docs');
});

test('a chart of one’s own is kept in the address', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts?m=total_tokens&a=sum&g=event_name');
  const own = page.getByRole('region', { name: 'Custom' });

  await own.getByText('answer', { exact: true }).waitFor();
  await page.getByLabel('Aggregation').selectOption('p95');

  await expect.poll(() => new URL(page.url()).searchParams.get('a')).toBe('p95');
});

test('a chart is saved under a name, with its query, until it is deleted', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts?m=total_tokens&a=sum&g=event_name&q=event_type%3Amodel');
  await page.getByRole('button', { name: 'Save this chart' }).click();
  await page.getByLabel('Name of the chart').fill('Tokens of steps');
  await page.keyboard.press('Enter');
  const saved = page.getByRole('region', { name: 'Tokens of steps' });
  await saved.getByText('answer', { exact: true }).waitFor();

  // Its query goes with it, the one of the screen does not stay.
  const again = await ui.open('/charts');
  const kept = again.getByRole('region', { name: 'Tokens of steps' });
  await kept.getByText('event_type:model', { exact: true }).waitFor();
  await kept.getByText('answer', { exact: true }).waitFor();
  expect(await kept.getByText('search_docs', { exact: true }).count()).toBe(0);
  const inLists = await ui.open('/events');
  await inLists.getByRole('button', { name: 'Views' }).click();
  await inLists.getByRole('menuitem', { name: 'Save as a new view' }).waitFor();
  expect(await inLists.getByRole('menuitem', { name: 'Tokens of steps' }).count()).toBe(0);

  await kept.getByRole('button', { name: /More of this chart/ }).click();
  await again.getByRole('menuitem', { name: 'Edit a copy below' }).click();
  await expect.poll(() => new URL(again.url()).searchParams.get('m')).toBe('total_tokens');
  await kept.getByRole('button', { name: /More of this chart/ }).click();
  await again.getByRole('menuitem', { name: 'Delete this chart' }).click();
  await again.getByRole('button', { name: 'Undo' }).click();
  await again.getByText('“Tokens of steps” saved').waitFor();
  await kept.waitFor();
  await kept.getByRole('button', { name: /More of this chart/ }).click();
  await again.getByRole('menuitem', { name: 'Delete this chart' }).click();

  await kept.waitFor({ state: 'detached' });
});

test('what a chart shows stays until the next answer is there', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts');
  const volume = page.getByRole('region', { name: 'Events by type' });
  await volume.getByText('tool', { exact: true }).waitFor();
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/v1/explore/batch', async (route) => {
    await held;
    await route.continue();
  });

  await page.getByRole('combobox', { name: 'Query' }).fill('event_type:model');
  await page.keyboard.press('Enter');
  await expect.poll(() => volume.getAttribute('aria-busy')).toBe('true');
  expect(await volume.getByText('tool', { exact: true }).isVisible()).toBe(true);
  answer();

  await volume.getByText('tool', { exact: true }).waitFor({ state: 'detached' });
  await expect.poll(() => volume.getAttribute('aria-busy')).toBe('false');
});

test('the screen asks once, and cancels what it does not wait for any more', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts');
  await page
    .getByRole('region', { name: 'Events by type' })
    .getByText('tool', { exact: true })
    .waitFor();
  const asked: Request[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/explore/batch')) asked.push(request);
  });
  let isHeld = true;
  await page.route('**/v1/explore/batch', async (route) => {
    if (!isHeld) await route.continue();
  });

  await page.getByRole('combobox', { name: 'Query' }).fill('event_type:model');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked.length).toBe(1);
  isHeld = false;
  await page.getByRole('combobox', { name: 'Query' }).fill('event_type:tool');
  await page.keyboard.press('Enter');

  await expect.poll(() => asked.length).toBe(2);
  await expect.poll(() => asked[0]?.failure()?.errorText).toBe('net::ERR_ABORTED');
  const { questions } = JSON.parse(asked[1]?.postData() ?? '') as { questions: unknown[] };
  expect(questions).toHaveLength(9);
});

test('a project without events says that there is nothing', async ({ ui }) => {
  const page = await ui.open('/charts');

  await page
    .getByRole('region', { name: 'Error rate' })
    .getByText('Nothing in this time range.')
    .waitFor();
  expect(await page.getByText('could not be drawn').count()).toBe(0);
});

/**
 * Dots of a colour of the page in the pictures of the charts, read from a copy: Chromium warns of a picture read often.
 */
const countDots = (page: Page, colour: string): Promise<number> =>
  page.evaluate((wanted) => {
    let count = 0;
    for (const canvas of document.querySelectorAll('canvas')) {
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d', {
        willReadFrequently: true,
      });
      copy?.drawImage(canvas, 0, 0);
      const data = copy?.getImageData(0, 0, width, height).data ?? [];
      for (let at = 0; at < data.length; at += 4)
        if (wanted === `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})` && data[at + 3] === 255)
          count += 1;
    }
    return count;
  }, colour);

test('charts are drawn again when the system turns dark', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts', { theme: 'light' });
  await page.getByRole('region', { name: 'Events by type' }).getByRole('slider').waitFor();
  const grid = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--border)';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  await expect.poll(() => countDots(page, grid)).toBeGreaterThan(0);

  await page.emulateMedia({ colorScheme: 'dark' });

  await expect.poll(() => countDots(page, grid)).toBe(0);
});
