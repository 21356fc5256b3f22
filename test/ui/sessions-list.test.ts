import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAria } from './support/aria.ts';
import { expectAccessible, expectFresh } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { fillSupportDesk } from './support/support-desk.ts';
import { test } from './support/ui-test.ts';

const grid = (page: Page) => page.getByRole('grid');
const rowsOf = (page: Page) => grid(page).locator('[data-row]');
const query = (page: Page) => page.getByRole('combobox', { name: 'Query' });
const peek = (page: Page) => page.getByRole('region', { name: 'Peek' });

/** Requests for rows from now on. */
function countRowRequests(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/explore/rows')) count += 1;
  });
  return () => count;
}

const firstRowInView = (page: Page): Promise<{ id: string | null; top: number }> =>
  grid(page).evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll('[data-row]')].map((row) => ({
      id: row.getAttribute('data-row'),
      top: row.getBoundingClientRect().top - top,
    }));
    const inView = rows.filter((row) => row.top >= 32 && row.top < height);
    return inView.toSorted((a, b) => a.top - b.top)[0] ?? { id: null, top: 0 };
  });

test.for(looks)('the list and the preview of a row, %o', async ({ theme, size }, { ui }) => {
  await fillSupportDesk(ui.project, { sessions: 260 });
  const page = await ui.open('/sessions', { theme, size });
  await page.getByText('100 of 260').waitFor();
  await takePicture(page, `list sessions ${theme} ${size}`);
  await expectAccessible(page);

  await rowsOf(page).nth(2).getByRole('link').click();
  await peek(page).waitFor();
  await takePicture(page, `list peek ${theme} ${size}`);
  await expectAccessible(page);
});

test('is a grid of known size for screen readers', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 3, now: Date.UTC(2026, 2, 1, 12) });
  const page = await ui.open('/sessions?t=2026-03-01T00:00~2026-03-02T00:00&tz=UTC');
  await rowsOf(page).first().waitFor();
  await expectAria(grid(page), 'sessions-list');
});

test('a query narrows the list down, stands in the address, and survives a reload', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 60 });
  const page = await ui.open('/sessions');
  await page.getByText('60 of 60').waitFor();

  await query(page).fill('event_name:support-chat   metadata.tier:(free OR pro)');
  await page.keyboard.press('Enter');
  await page.getByText('20 of 20').waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe(
    'event_name:support-chat metadata.tier:(free OR pro)',
  );
  await page.reload();
  await page.getByText('20 of 20').waitFor();
  expect(await query(page).inputValue()).toBe(
    'event_name:support-chat metadata.tier:(free OR pro)',
  );

  await page.goBack();
  await page.getByText('60 of 60').waitFor();
  expect(await query(page).inputValue()).toBe('');
});

test('a query with a fault is not applied: it says what is wrong, and keeps the text', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 6 });
  const page = await ui.open('/sessions');
  await page.getByText('6 of 6').waitFor();
  const requests = countRowRequests(page);

  await query(page).fill('event_name:support-chat duration:fast');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('duration takes a number').waitFor();

  await expect.poll(() => query(page).getAttribute('aria-invalid')).toBe('true');
  const described = await query(page).getAttribute('aria-describedby');
  expect(await page.locator(`[id="${described ?? ''}"]`).textContent()).toContain('150ms, 2s');
  expect(await query(page).inputValue()).toBe('event_name:support-chat duration:fast');
  expect(requests()).toBe(0);
  expect(page.url()).not.toContain('q=');
  await takePicture(page, 'list query fault');
  await expectAccessible(page);

  await query(page).fill('duration:>1s');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('alert').filter({ hasText: 'duration' }).count()).toBe(0);
  await expect.poll(() => page.url()).toContain('q=');
});

test('completes keys with Enter and with Tab, and changes nothing that was not chosen', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 6 });
  const page = await ui.open('/sessions');
  await query(page).click();
  await page.keyboard.type('dur');
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /^duration/ })
    .waitFor();
  await takePicture(page, 'list suggestions');
  await expectAccessible(page);
  expect(await query(page).inputValue()).toBe('dur');

  await page.keyboard.press('ArrowDown');
  const active = await query(page).getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active ?? ''}"]`).getAttribute('aria-selected')).toBe('true');
  expect(await query(page).inputValue()).toBe('dur');
  await page.keyboard.press('Tab');
  await expect.poll(() => query(page).inputValue()).toBe('duration:');
  await page.getByRole('option', { name: /^more than/ }).waitFor();
  await takePicture(page, 'list signs');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page).inputValue()).toBe('duration:>');
  await page.keyboard.press('Control+z');
  await expect.poll(() => query(page).inputValue()).toBe('duration:');

  await page.keyboard.type('>1s event_ty');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'model' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('listbox').count()).toBe(0);
  await expect.poll(() => query(page).inputValue()).toBe('duration:>1s event_type:');
  await page.keyboard.press('Control+z');
  await expect.poll(() => query(page).inputValue()).toBe('duration:>1s event_ty');
});

test('with the keyboard alone: query, rows, picks, preview, session and back', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 260 });
  const page = await ui.open('/sessions');
  await page.getByText('100 of 260').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('source:production');
  await page.keyboard.press('Enter');
  await page.getByText('100 of 195').waitFor();
  await page.keyboard.press('Escape');

  for (let step = 0; step < 25; step += 1) await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await page.getByRole('toolbar', { name: '3 selected' }).waitFor();
  await takePicture(page, 'list picked');
  await expectAccessible(page);

  await page.keyboard.press(' ');
  await peek(page).waitFor();
  const peeked = new URL(page.url()).searchParams.get('peek');
  await page.keyboard.press('k');
  await expect.poll(() => new URL(page.url()).searchParams.get('peek')).not.toBe(peeked);
  await page.keyboard.press('Escape');
  await expect.poll(() => peek(page).count()).toBe(0);

  const before = await firstRowInView(page);
  const requests = countRowRequests(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/sessions\/session-\d+/);
  await page.goBack();
  await rowsOf(page).first().waitFor();
  await expect.poll(() => firstRowInView(page)).toEqual(before);
  expect(requests()).toBe(0);
});

test('rows are links with their own address', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 3 });
  const page = await ui.open('/sessions');
  const link = rowsOf(page).first().getByRole('link');
  expect(await link.getAttribute('href')).toMatch(/\/sessions\/session-00002$/);
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    link.click({ modifiers: ['Control'] }),
  ]);
  await expect.poll(() => tab.url()).toContain('/sessions/session-00002');
  expect(page.url()).not.toContain('peek=');
});

test('more rows come while one scrolls, and few of them are in the page', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 450 });
  const page = await ui.open('/sessions');
  await page.getByText('100 of 450').waitFor();
  await expect
    .poll(async () => {
      await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return page.getByText('450 of 450').count();
    })
    .toBe(1);
  await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.locator('[data-row="session-00000"]').waitFor();
  expect(await page.locator('*').count()).toBeLessThan(1_500);
});

test('a header sorts, the chooser changes columns, and a link brings both', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 20 });
  const page = await ui.open('/sessions');
  await rowsOf(page).first().waitFor();
  await page.getByRole('button', { name: 'Duration', exact: true }).click();
  await page
    .getByRole('columnheader', { name: 'Duration' })
    .and(page.locator('[aria-sort=descending]'))
    .waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Remove User' }).click();
  await page.getByRole('button', { name: 'Move Cost forward' }).click();
  await page.getByRole('button', { name: 'Source' }).click();
  await takePicture(page, 'list columns');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  const shown = async () =>
    (await page.getByRole('columnheader').allTextContents()).map((text) => text.trim());
  await expectFresh(page);
  const expected = await shown();
  expect(expected).toContain('Source');
  expect(expected).not.toContain('User');
  expect(expected.indexOf('Cost')).toBeLessThan(expected.indexOf('Tokens'));
  const firstLink = rowsOf(page).first().getByRole('link');
  const first = await firstLink.textContent();
  await page.reload();
  await expect.poll(shown).toEqual(expected);
  await expect.poll(() => firstLink.textContent()).toBe(first);
});

test('any value becomes a filter: only these, or without these', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 24 });
  const page = await ui.open('/sessions');
  await rowsOf(page).first().waitFor();
  const user = rowsOf(page).first().locator('[data-column=user]');
  const name = (await user.textContent()) ?? '';
  const filter = page.getByRole('button', { name: `Filter by user: ${name}` });
  // The link of the row lies over its cells; what hears the pointer comes after the first rows.
  await expect
    .poll(async () => {
      await user.hover({ force: true, position: { x: 8, y: 8 } });
      await user.hover({ force: true, position: { x: 20, y: 12 } });
      return filter.count();
    })
    .toBe(1);
  await filter.click();
  await page.getByRole('menuitem', { name: 'Only these' }).click();
  await expect.poll(() => query(page).inputValue()).toBe(`user:${name}`);
  await expect.poll(() => rowsOf(page).count()).toBeLessThan(3);

  await rowsOf(page).first().getByRole('link').click();
  await peek(page)
    .getByRole('button', { name: /^(production|staging)$/ })
    .click();
  await expect.poll(() => query(page).inputValue()).toMatch(/^user:\S+ source:\w+$/);
});

test('picked rows are downloaded as JSON lines, and their ids copied', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 5 });
  const page = await ui.open('/sessions');
  await rowsOf(page).nth(1).getByRole('checkbox').check();
  await rowsOf(page).nth(3).getByRole('checkbox').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { session_id: string });
  expect(events).toHaveLength(6);
  expect(new Set(events.map((event) => event.session_id))).toEqual(
    new Set(['session-00003', 'session-00001']),
  );
  expect(await page.getByRole('link', { name: 'Compare' }).getAttribute('href')).toMatch(
    /\/compare\?a=session-00003&b=session-00001$/,
  );
});

test('nothing sent yet, nothing in the range, and nothing that matches are three screens', async ({
  ui,
}) => {
  const page = await ui.open('/sessions');
  await page.getByRole('heading', { name: 'No sessions yet' }).waitFor();
  await takePicture(page, 'list empty');
  await expectAccessible(page);

  const dayMs = 86_400_000;
  await fillSupportDesk(ui.project, { sessions: 3, now: Date.now() - 3 * dayMs });
  await page.reload();
  await page.getByRole('heading', { name: 'No sessions in this time range' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Widen to last 7 d' }).click();
  await page.getByText('3 of 3').waitFor();

  await query(page).fill('has:error metadata.tier:nobody');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No sessions match' }).waitFor();
  await takePicture(page, 'list filtered empty');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove metadata.tier:nobody' }).click();
  await expect.poll(() => query(page).inputValue()).toBe('has:error');
});

test('sessions that start later than now are mentioned, and can be shown', async ({ ui }) => {
  const start_time = Date.now() + 2 * 3_600_000;
  await ui.project.api.ok('startSession', {
    body: { session: { session_name: 'of another zone', start_time } },
  });
  const page = await ui.open('/sessions');

  await page.getByText('There is data with a later start').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show what starts later' }).click();

  await grid(page).getByText('of another zone').waitFor();
});

test('an error stays where it is with a way to try again, and a key without permission sees a note', async ({
  ui,
}) => {
  await fillSupportDesk(ui.project, { sessions: 3 });
  const page = await ui.open('/sessions');
  await page.getByText('3 of 3').waitFor();
  await page.route('**/v1/explore/rows', (route) => route.abort());
  await page.keyboard.press('r');
  await page.getByRole('alert').filter({ hasText: 'The rows could not be loaded' }).waitFor();
  await expectAccessible(page);
  await page.unroute('**/v1/explore/rows');
  await page
    .getByRole('alert')
    .filter({ hasText: 'The rows' })
    .getByRole('button', { name: 'Try again' })
    .click();
  await page.getByText('3 of 3').waitFor();

  const refused = await ui.open('/p/not-yours/sessions');
  await refused.getByRole('heading', { name: 'Your key has no access to this' }).waitFor();
  await expectAccessible(refused);
});

test('picked rows are deleted once that is confirmed, with their number said', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 5 });
  const page = await ui.open('/sessions');
  await rowsOf(page).nth(0).getByRole('checkbox').check();
  await rowsOf(page)
    .nth(2)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete 3 sessions?' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  expect(await rowsOf(page).count()).toBe(5);

  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete 3 sessions' }).click();
  await page.getByText('3 sessions deleted').waitFor();
  await page.getByText('2 of 2').waitFor();
});

test('the detail of the row that the keys rest on is there before it is opened', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 5 });
  const page = await ui.open('/sessions');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const details = () => asked.filter((url) => url.includes('/v1/explore/events/session-'));
  await page.getByRole('row').nth(2).waitFor();

  await page.keyboard.press('j');
  await expect.poll(() => details().length).toBe(1);
  await page.getByRole('grid').press(' ');
  await page.getByRole('region', { name: 'Peek' }).getByText('Input', { exact: true }).waitFor();

  expect(details()).toHaveLength(1);
});

test('short names of fields are understood, and complete their values', async ({ ui }) => {
  await fillSupportDesk(ui.project, { sessions: 12 });
  const page = await ui.open('/sessions?t=7d');
  const input = page.getByRole('combobox', { name: 'Query' });
  await page.getByText('12 of 12').waitFor();

  await input.fill('name:');
  await page.getByRole('option', { name: /order-status/ }).waitFor();
  await input.fill('name:order-status cost:>$0.001');
  await input.press('Enter');

  await page.getByText('4 of 4').waitFor();
  expect(await input.inputValue()).toBe('name:order-status cost:>$0.001');
});

test('where a key holds text and numbers, a chip says how a value is read, and turns it', async ({
  ui,
}) => {
  // As a number it is the one without the zero, too; as text it is not.
  const zips = [10_115, '010115', 'Berlin'];
  const events = zips.map((zip, index) => ({
    event_id: `zip-${index}`,
    session_id: `zip-${index}`,
    event_type: 'session',
    event_name: `zip ${index}`,
    start_time: Date.now() - 60_000,
    duration: 10,
    inputs: {},
    metadata: { zip },
  }));
  await ui.project.api.ok('createEventBatch', { body: { events } });
  const page = await ui.open('/sessions?q=metadata.zip:010115');
  await page.getByRole('row', { name: /zip 0/ }).waitFor();

  await page.getByRole('button', { name: 'metadata.zip is interpreted as number' }).click();

  await page.getByRole('row', { name: /zip 1/ }).waitFor();
  await page.getByRole('button', { name: 'metadata.zip is interpreted as text' }).waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('metadata.zip:"010115"');
  await expect.poll(() => page.getByRole('row', { name: /zip 0/ }).count()).toBe(0);
});
