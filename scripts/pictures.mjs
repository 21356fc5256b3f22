// `npm run pictures`: takes the pictures of the README and the guides again, of a service with sample data.
import './node-version.mjs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './child.mjs';
import { ensureChromium } from './chromium.mjs';
import { withProgress } from './progress.mjs';
import { compile, setUp } from './setup.mjs';

const folder = join(root, 'docs', 'images');
const sessionCount = 200;
const size = { width: 1280, height: 720 };

await setUp();
await compile('packages/testkit');
const { createKey, createOperationCaller, startService } = await import('honeyhive-testkit');
const { makeSampleSessions } = await import('../packages/cli/dist/samples/sample-sessions.js');

/** Stores the sample sessions, and finds among them those that the pictures are of. */
async function fill(api) {
  for (const events of makeSampleSessions({ count: sessionCount, now: Date.now() }))
    for (let first = 0; first < events.length; first += 500)
      await api.ok('createEventBatch', { body: { events: events.slice(first, first + 500) } });
  const { rows } = await api.ok('exploreRows', { body: { scope: 'sessions', limit: 200 } });
  const named = (name) => rows.filter((row) => row.event_name === name);
  const [older, newer] = named('order agent').filter(({ event_count: count }) => count > 5);
  const talk = named('support chat').find(({ event_count: count }) => count > 3);
  return { agent: newer.session_id, older: older.session_id, talk: talk.session_id };
}

const pictures = ({ agent, older, talk }) => [
  { name: 'sessions', path: '/sessions?t=7d' },
  { name: 'session', path: `/sessions/${agent}?v=tree`, keys: ['j', 'j'] },
  { name: 'thread', path: `/sessions/${talk}?v=thread` },
  { name: 'compare', path: `/compare?a=${older}&b=${agent}` },
  { name: 'charts', path: '/charts?t=7d' },
];

/** Waits until nothing is being loaded; what is slow says so only after a moment. */
async function settle(page) {
  await page.waitForLoadState('load');
  await page.waitForTimeout(1_000);
  await page.waitForFunction(() => {
    const waiting = [...document.querySelectorAll('[role=status]')];
    const isLoading = waiting.some(({ textContent }) => textContent?.includes('Loading'));
    return !isLoading && document.querySelector('[aria-busy=true]') === null;
  });
}

async function takePicture(page, { name, path, keys = [] }) {
  await page.goto(path);
  await settle(page);
  for (const key of keys) await page.keyboard.press(key);
  await settle(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const { url } = service;
  const { key } = await createKey(service.dataDir, { project: 'default' });
  const found = await fill(createOperationCaller({ url, key }));
  const context = await browser.newContext({
    viewport: size,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const answer = await context.request.post(`${url}/ui/session`, { data: { api_key: key } });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()}`);
  const page = await context.newPage();
  for (const picture of pictures(found))
    await withProgress(`taking ${picture.name}.png`, () =>
      takePicture(page, { ...picture, path: `${url}/p/default${picture.path}` }),
    );
} finally {
  await browser.close();
  await service.stop();
}
