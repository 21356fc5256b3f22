import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './support/ui-test.ts';
import type { Ui } from './support/ui-test.ts';

const attack = 'window.wasHit = true';
const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${attack}"/>`).toString(
  'base64',
);

/** Payloads that would run something, fetch something or stop the page, if they were taken for more than text. */
const corpus: [name: string, inputs: () => Record<string, unknown>, seen: RegExp][] = [
  [
    'markup in every kind of message',
    () => ({
      messages: [
        { role: 'system', content: `<script>${attack}</script>` },
        {
          role: 'user',
          content: `# Hi\n\n<img src=x onerror="${attack}"><iframe srcdoc="<script>parent.${attack}</script>">`,
        },
        { role: `<b onclick="${attack}">`, content: '<style>*{display:none}</style>' },
        {
          role: 'assistant',
          content: `**a** [link](javascript:${attack}) ![x](https://evil.example/x.png) <a href="javascript:${attack}">b</a>`,
        },
        { role: 'tool', tool_call_id: '"><script>', content: `{"x": "<svg onload='${attack}'>"}` },
      ],
    }),
    /<script>window\.wasHit/,
  ],
  [
    'invalid images, and remote images',
    () => ({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'look' },
            { type: 'image_url', image_url: { url: `data:image/svg+xml;base64,${svg}` } },
            { type: 'image_url', image_url: { url: `data:text/html,<script>${attack}</script>` } },
            { type: 'image_url', image_url: { url: `javascript:${attack}` } },
            { type: 'image_url', image_url: { url: 'https://evil.example/pixel.png' } },
            { type: 'image_url', image_url: { url: 'http://evil.example/pixel.png' } },
          ],
        },
      ],
    }),
    /look/,
  ],
  [
    'keys that are markup',
    () => ({ [`<img src=x onerror="${attack}">`]: { __proto__: null, constructor: 1 } }),
    /<img src=x/,
  ],
  ['10,000 levels', () => ({ messages: [{ role: 'user', content: deep(10_000) }] }), /deep/],
  [
    '100,000 keys, in objects of as many as one may have',
    () => ({
      lists: Array.from({ length: 10 }, (_list, place) =>
        Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`key${place}.${at}`, at])),
      ),
    }),
    /key0/,
  ],
  ['a line of 5 MB', () => ({ line: `start${'x'.repeat(5_000_000)}` }), /start/],
  [
    'text that turns around, halves and controls',
    () => ({ text: 'user\u202etxt.exe \ud800 \u0000 \u0007 \u{e0041}' }),
    /U\+202E/,
  ],
  [
    '75,000 marks of emphasis',
    () => ({ messages: [{ role: 'user', content: `start ${'_a'.repeat(70_000)}` }] }),
    /start/,
  ],
  [
    'quotes in quotes',
    () => ({ messages: [{ role: 'user', content: `${'>'.repeat(5000)} start` }] }),
    /start/,
  ],
  ['messages in messages', () => ({ messages: [nested(40)] }), /tool_result|Result/],
];

/** As text: the service refuses such depths, and models write what they like. */
const deep = (levels: number): string => `${'{"deep":'.repeat(levels)}1${'}'.repeat(levels)}`;

const nested = (levels: number): Record<string, unknown> => {
  let content: unknown = 'core';
  for (let level = 0; level < levels; level += 1) {
    content = [{ type: 'tool_result', tool_use_id: 't', content }];
  }
  return { role: 'user', content };
};

async function openPayload(ui: Ui, inputs: Record<string, unknown>): Promise<Page> {
  const session = randomUUID();
  const id = randomUUID();
  const event = { event_id: id, session_id: session, event_type: 'model', event_name: 'e', inputs };
  await ui.project.api.ok('createEvent', { body: { event } });
  return ui.open(`/sessions/${session}?e=${id}`);
}

// That nothing is fetched and no policy is broken is what the fixture looks at after each test.
test.for(corpus)('is shown, and does nothing: %s', async ([, inputs, seen], { ui }) => {
  const page = await openPayload(ui, inputs());
  const input = page.getByRole('region', { name: 'Input' });
  await input.getByText(seen).first().waitFor();

  for (const view of ['JSON', 'Raw']) {
    await input.getByRole('button', { name: view, exact: true }).click();
    await input
      .getByRole(view === 'JSON' ? 'tree' : 'button', { name: view === 'JSON' ? /./ : 'Copy all' })
      .waitFor();
  }
  await page.getByRole('tab', { name: 'Raw' }).click();

  expect(await page.evaluate(() => 'wasHit' in window)).toBe(false);
  expect(
    await page.locator('main :is(script, iframe, style, svg[onload], [onerror])').count(),
  ).toBe(0);
  const links = await page
    .locator('main a[href]')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
  expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual(
    [],
  );
});
