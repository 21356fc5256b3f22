import type { Page } from 'playwright-core';
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

test('the tools that fail most are named, with the calls that failed', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts');

  await page.getByRole('link', { name: 'search_docs' }).click();

  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toContain('search_docs');
});

test('a chart of one’s own is kept in the address', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/charts?m=total_tokens&a=sum&g=event_name');
  const own = page.getByRole('region', { name: 'Your own' });

  await own.getByText('answer', { exact: true }).waitFor();
  await page.getByLabel('Aggregation').selectOption('p95');

  await expect.poll(() => new URL(page.url()).searchParams.get('a')).toBe('p95');
});

test('a project without events says that there is nothing', async ({ ui }) => {
  const page = await ui.open('/charts');

  await page
    .getByRole('region', { name: 'Error rate' })
    .getByText('Nothing in this time range.')
    .waitFor();
  expect(await page.getByText('could not be drawn').count()).toBe(0);
});

/** Dots of a colour of the page in the pictures of the charts, read from a copy: Chromium warns of a picture read often. */
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
