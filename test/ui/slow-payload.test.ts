import { byLevel } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './support/ui-test.ts';
import type { Ui } from './support/ui-test.ts';

/** As long as what is read as markdown at most. */
const characters = 145_000;
const fill = (unit: string, end = '', length = characters) =>
  `# start\n\n${unit.repeat(Math.floor((length - end.length) / unit.length))}${end}`;
const paragraph =
  'Some **bold** words, a [link](https://x.test), `code`, and _more_ of the same.\n\n- one\n- two\n\n';

/** Texts for which readers of markdown take the square of the length, or that come out as very many elements. */
const allTexts: Record<string, string> = {
  'first of all': '# start',
  'ordinary writing': fill(paragraph),
  'a long word before @': fill('a', '@').replace('aaaa', '<aaa'),
  'dots before @': fill('a.', '@'),
  'a token before @': fill('eyJhbGciOiJIUzI1NiJ9.', '@'),
  'titles of links': fill('[a](b   "'),
  'spaces in a link': fill(' ').replace('# start\n\n', '# start\n\n[]('),
  'a question in an address': fill('?').replace('# start\n\n', '# start\n\nhttp://a'),
  'bars and spaces': fill(' ').replace('# start\n\n', '# start\n\n| '),
  'spaces in a tag': fill(' ', '=').replace('# start\n\n', '# start\n\n<a b'),
  'spaces in a heading': fill(' ', 'b').replace('# start\n\n', '# start\n\n# a'),
  attributes: fill('<a x="'),
  asterisks: fill('*a '),
  'asterisks in lists': fill('- *'),
  underscores: fill('a _'),
  'numbers and asterisks': fill('*1. '),
  backticks: fill('`a ``b '),
  tildes: fill('~~a~'),
  brackets: fill('['),
  exclamations: fill('!['),
  angles: fill('<'),
  comments: fill('<!--'),
  definitions: fill('[a]: b\n'),
  references: fill('&#x3c;'),
  fences: fill('```\n```\n'),
  'lines of one word': fill('b\n'),
  'empty lines': fill('\n'),
  'lists in lists': fill('- a\n  - b\n    - c\n'),
  'ordinary writing again': fill(`${paragraph}Again. `),
  quotes: fill('> a\n\n'),
  'rows of a table': fill('|x|y|\n').replace('# start\n\n', '# start\n\n|a|b|\n|-|-|\n'),
  'cells of a table': `# start\n\n${'|a'.repeat(36_000)}|\n${'|-'.repeat(36_000)}|\n`,
  images: fill('![a](https://x.test/a.png) '),
  links: fill('[a](https://x.test) '),
  'marks of direction': fill('a\u202e'),
  'a megabyte of words before @': fill('a.', '@', 1_000_000),
  'a megabyte of lines': fill('a\n', '', 1_000_000),
  'a megabyte of JSON': `["start",${'[1,'.repeat(330_000)}1${']'.repeat(330_000)}]`,
  'a megabyte that only looks like JSON': `["start" ${'[{},'.repeat(250_000)}]`,
};

/** One of each kind: of the page, of its reader's time, of too many elements, of a length that is not read. */
const oneOfEach = [
  'first of all',
  'ordinary writing',
  'a long word before @',
  'asterisks in lists',
  'ordinary writing again',
  'cells of a table',
  'marks of direction',
  'a megabyte of lines',
  'a megabyte of JSON',
];

const texts = Object.entries(allTexts).filter(([name]) =>
  byLevel({ short: oneOfEach.includes(name), full: true }),
);

const isControl = (name: string) => name.startsWith('ordinary');

/** An event for each text, in one session; the address of its screen with the first of them open. */
async function openSession(ui: Ui): Promise<Page> {
  const session = randomUUID();
  const begin = Date.now() - 60_000;
  const idOf = (at: number) => `${at}-${session}`;
  for (const [at, [name, content]] of texts.entries()) {
    const event = {
      event_id: idOf(at),
      session_id: session,
      event_type: 'model',
      event_name: name,
      start_time: begin + at,
      duration: 1,
      inputs: { messages: [{ role: 'user', content }] },
    };
    await ui.project.api.ok('createEvent', { body: { event } });
  }
  return ui.open(`/sessions/${session}?e=${idOf(0)}`);
}

/** Begins to measure how long the page does not answer: the tasks of its thread of 50 ms and more. */
const watchPauses = (page: Page) =>
  page.evaluate(() => {
    const pauses: number[] = [];
    const note = (entries: PerformanceEntryList) =>
      pauses.push(...entries.map(({ duration }) => duration));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'longtask' });
    const takeLongestPause = () => {
      note(observer.takeRecords());
      return Math.max(0, ...pauses.splice(0));
    };
    Object.assign(window, { takeLongestPause });
  });

const takeLongestPause = (page: Page): Promise<number> =>
  page.evaluate('window.takeLongestPause()');

/** Goes to the next event and waits until its message was read, as markdown or as what cannot be. */
async function showNext(page: Page, name: string): Promise<Locator> {
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  const input = page.getByRole('region', { name: 'Input' });
  await input.getByText('start').first().waitFor();
  await input.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  return input;
}

test('no text keeps the page from answering, and each can be read', async ({ ui }) => {
  const page = await openSession(ui);
  await page.getByRole('region', { name: 'Input' }).getByText('start').first().waitFor();
  await watchPauses(page);
  const pauses: { name: string; pause: number; elements: number }[] = [];

  for (const [name] of texts.slice(1)) {
    await takeLongestPause(page);
    const input = await showNext(page, name);
    const pause = Math.round(await takeLongestPause(page));
    pauses.push({ name, pause, elements: await input.locator('*').count() });
    if (isControl(name)) await input.locator('strong').first().waitFor();
  }

  // Ordinary markdown of the same length is the measure of the machine. Read on the page, these took 2 to 42 s.
  const controls = pauses.filter(({ name }) => isControl(name)).map(({ pause }) => pause);
  const bound = 5 * Math.max(...controls) + 1000;
  expect(pauses.filter(({ pause }) => pause > bound)).toEqual([]);
  expect(pauses.filter(({ elements }) => elements > 10_000)).toEqual([]);
});

test('the rest of what is too much to draw comes as plain text', async ({ ui }) => {
  const session = randomUUID();
  const content = `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(20_000)}|end|of it|\n`;
  const inputs = { messages: [{ role: 'user', content }] };
  const event = { event_id: randomUUID(), session_id: session, event_type: 'model', inputs };
  await ui.project.api.ok('createEvent', { body: { event: { ...event, event_name: 'rows' } } });
  const page = await ui.open(`/sessions/${session}?e=${event.event_id}`);
  const input = page.getByRole('region', { name: 'Input' });
  const rows = input.getByRole('row');
  await rows.first().waitFor();
  const more = input.getByText('Scroll for more.');
  const showAll = input.getByRole('button', { name: 'Show all as plain text' });

  expect(await rows.count()).toBeLessThan(1000);
  for (let before = 0; await more.isVisible();) {
    before = await rows.count();
    await more.scrollIntoViewIfNeeded();
    await expect
      .poll(async () => (await rows.count()) > before || (await showAll.count()) > 0)
      .toBe(true);
  }
  await showAll.click();
  await input.getByText('|end|of it|').waitFor();
});
