import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible, expectFresh } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { fillSupportDesk } from './support/support-desk.ts';
import { test } from './support/ui-test.ts';

const grid = (page: Page) => page.getByRole('grid');
const rowsOf = (page: Page) => grid(page).locator('[data-row]');
const query = (page: Page) => page.getByRole('combobox', { name: 'Query' });
const volume = (page: Page) =>
  page.getByRole('slider', { name: /Volume over time|Session starts/ });

test.for(looks)('all events and groups of them, %o', async ({ theme, size }, { ui }) => {
  await fillSupportDesk(ui.project, { sessions: 80 });
  const page = await ui.open('/events', { theme, size });
  await page.getByText('100 of 240').waitFor();
  await volume(page).waitFor();
  await takePicture(page, `events ${theme} ${size}`);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('searchbox', { name: 'Find a key' }).fill('model');
  await page.getByRole('button', { name: 'model', exact: true }).click();
  await page.getByRole('row', { name: /gpt-4o-mini/ }).waitFor();
  await takePicture(page, `events grouped ${theme} ${size}`);
  await expectAccessible(page);
});

test('sessions, model calls and events share query and range', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 12 });
  const page = await ui.open('/sessions?q=source%3Aproduction&t=7d');
  const tabs = page.getByRole('navigation', { name: 'What to list' });
  await page.getByText('9 of 9').waitFor();
  await tabs.getByRole('link', { name: 'Model calls' }).click();
  await page.getByText('9 of 9').waitFor();
  await expect.poll(() => rowsOf(page).locator('[data-column=model]').count()).toBe(9);
  await tabs.getByRole('link', { name: 'All events' }).click();
  await page.getByText('27 of 27').waitFor();
  expect(await query(page).inputValue()).toBe('source:production');
  expect(new URL(page.url()).searchParams.get('t')).toBe('7d');
  await tabs
    .getByRole('link', { name: 'All events' })
    .and(page.locator('[aria-current=page]'))
    .waitFor();
});

test('a group that is clicked becomes a part of the query', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 30 });
  const page = await ui.open('/events?g=event_name');
  const row = page.getByRole('row', { name: /search_docs/ });
  await row.waitFor();
  expect(await row.textContent()).toContain('30');
  await page.getByRole('button', { name: 'p95' }).click();
  await page
    .getByRole('columnheader', { name: 'p95' })
    .and(page.locator('[aria-sort=descending]'))
    .waitFor();
  expect(new URL(page.url()).searchParams.get('gs')).toBe('-p95_ms');

  await page.getByRole('button', { name: 'search_docs' }).click();
  await page.getByText('30 of 30').waitFor();
  expect(await query(page).inputValue()).toBe('event_name:search_docs');
  expect(page.url()).not.toContain('g=');
});

test('a drag over the volume becomes the time range, and so do the keys', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 240 });
  const page = await ui.open('/sessions?t=4h');
  await expect
    .poll(() => volume(page).getAttribute('aria-label'))
    .toMatch(/2\d\d sessions, \d+ with errors, most at/);
  const box = await volume(page).boundingBox();
  if (!box) throw new Error('the volume is nowhere');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 20, { steps: 4 });
  await takePicture(page, 'list brush');
  await page.mouse.up();
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).toMatch(/^\d{4}.*~\d{4}/);
  const narrowed = new URL(page.url()).searchParams.get('t');
  await expectFresh(page);

  await volume(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(() => volume(page).getAttribute('aria-valuetext'))
    .toMatch(/OK, \d+ with errors/);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).not.toBe(narrowed);
  await page.goBack();
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).toBe(narrowed);
});

test('previous and next in a session walk the list, beyond what it had loaded', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 130 });
  const page = await ui.open('/sessions?s=name');
  await page.getByText('100 of 130').waitFor();
  const listed = await rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => row.getAttribute('data-row')),
  );
  await rowsOf(page)
    .nth(1)
    .getByRole('link')
    .click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sessions\/session-\d+/);
  const opened = page.url().split('/').at(-1) ?? '';
  expect(listed).toContain(opened);
  await page.getByRole('button', { name: 'Next row' }).click();
  await page.waitForURL(`**/${listed[listed.indexOf(opened) + 1]}`);
  await page.getByRole('button', { name: 'Previous row' }).click();
  await page.waitForURL(`**/${opened}`);
  await page.goBack();
  await rowsOf(page).first().waitFor();
});

test('a view keeps query, columns, order and range, and says when it is no longer so', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 20 });
  const page = await ui.open('/sessions?q=source%3Aproduction&s=-duration&t=7d&c=status,name,cost');
  await page.getByText('15 of 15').waitFor();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Slow in production');
  await page.keyboard.press('Enter');
  await page.getByText('“Slow in production” saved').waitFor();
  const view = page.getByRole('button', { name: 'Slow in production' });
  await view.waitFor();
  await expect.poll(() => view.textContent()).not.toContain('modified');

  await query(page).fill('source:staging');
  await page.keyboard.press('Enter');
  await page.getByText('5 of 5').waitFor();
  await page.getByRole('button', { name: 'Slow in production modified' }).click();
  await takePicture(page, 'list view modified');
  await page.getByRole('menuitem', { name: 'Discard changes' }).click();
  await page.getByText('15 of 15').waitFor();
  expect(await query(page).inputValue()).toBe('source:production');

  const other = await ui.open('/sessions');
  await other.getByText('20 of 20').waitFor();
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('menuitemcheckbox', { name: 'Slow in production' }).click();
  await other.getByText('15 of 15').waitFor();
  const { searchParams } = new URL(other.url());
  expect([searchParams.get('s'), searchParams.get('c'), searchParams.get('t')]).toEqual([
    '-duration',
    'status,name,cost',
    '7d',
  ]);
});

test('differences of events with an error, or of a time range, are shown by key', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 70 });
  const page = await ui.open('/events?t=2h');
  await page.getByRole('button', { name: 'What is different?' }).click();
  const panel = page.getByRole('complementary', { name: 'What is different?' });
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Compare errors' }).click();
  const name = panel.getByRole('region', { name: 'event_name' });
  await name.waitFor();
  expect(await name.textContent()).toMatch(/search_docs\s*100% selected/);
  await takePicture(page, 'events differences');
  await expectAccessible(page);
  expect(new URL(page.url()).searchParams.get('d')).toBe('errors');

  const box = await volume(page).boundingBox();
  if (!box) throw new Error('the volume is nowhere');
  await page.mouse.move(box.x + box.width * 0.6, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => new URL(page.url()).searchParams.get('d')).toMatch(/^\d+~\d+$/);
  expect(new URL(page.url()).searchParams.get('t')).toBe('2h');
});

test('facets show the commonest values, and a tick makes one a part of the query', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 40 });
  const page = await ui.open('/sessions');
  await page.getByText('40 of 40').waitFor();
  await page.keyboard.press('f');
  const facets = page.getByRole('complementary', { name: 'Facets' });
  await facets.getByRole('checkbox', { name: /^production/ }).check();
  await page.getByText('30 of 30').waitFor();
  expect(await query(page).inputValue()).toBe('source:production');
  await takePicture(page, 'list facets');
  await expectAccessible(page);
  await facets.getByRole('checkbox', { name: /^production/ }).uncheck();
  await page.getByText('40 of 40').waitFor();
  expect(await query(page).inputValue()).toBe('');
});

test('values of a key are suggested with how many have them, also those that need quotes', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 40 });
  const page = await ui.open('/sessions');
  await page.getByText('40 of 40').waitFor();
  await query(page).click();
  await page.keyboard.type('metadata.my');
  await page.getByRole('option', { name: /metadata\.my key/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page).inputValue()).toBe('metadata."my key":');
  await page.getByRole('option', { name: /^even/ }).waitFor();
  await takePicture(page, 'list value suggestions');
  await page.keyboard.type('ev');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page).inputValue()).toBe('metadata."my key":even ');
  await page.keyboard.press('Enter');
  await page.getByText('20 of 20').waitFor();
});

test('a search shows where each row has it', async ({ ui }) => {
  const text = `${'before '.repeat(20)}Umtausch <img src=x onerror=alert(1)> 退款😀 ${'after '.repeat(40)}`;
  await ui.project.api.ok('createEventBatch', {
    body: {
      events: [
        { event_id: 's', session_id: 's', event_type: 'session', event_name: 'chat' },
        { session_id: 's', event_type: 'tool', event_name: 'look up', outputs: { text } },
      ],
    },
  });
  const page = await ui.open('/sessions?q=umtausch');
  const cell = rowsOf(page).locator('[data-column=match]');
  await cell.waitFor();

  expect(await cell.locator('mark').textContent()).toBe('Umtausch');
  expect(await cell.textContent()).toMatch(
    /^outputs….*before Umtausch <img src=x onerror=alert\(1\)> 退款😀 after/,
  );
  expect(await cell.locator('img').count()).toBe(0);
  const [mark, box] = [await cell.locator('mark').boundingBox(), await cell.boundingBox()];
  // The match is in view, however much stands before it.
  expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
  await expectAccessible(page);

  await query(page).fill('');
  await query(page).press('Enter');
  await expect.poll(() => rowsOf(page).locator('[data-column=match]').count()).toBe(0);
});
