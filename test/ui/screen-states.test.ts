import type { Locator, Page, Route } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAccessible } from './support/axe.ts';
import { lookOver } from './support/look-over.ts';
import { lookedAtSizes } from './support/looks.ts';
import { test } from './support/ui-test.ts';
import { openWorld, worldDay } from './support/world.ts';

let world: OwnProject;
let readKey: string;

beforeAll(async () => {
  world = await openWorld();
  const body = { name: 'reader', access: 'read', project: world.id } as const;
  ({ api_key: readKey } = await world.organisation.ok('createKey', { body }));
});

const inWorld = (path: string) => `/p/${encodeURIComponent(world.name)}${path}`;
const last = '/sessions/session-00023';

/** Screens that ask the service for what they show. */
const asking = [
  `/sessions?${worldDay}`,
  `/events?${worldDay}`,
  `/events?${worldDay}&g=event_name`,
  last,
  `/compare?a=session-00021&b=session-00023`,
  `/charts?${worldDay}`,
  '/alerts',
  '/alerts/world-latency',
  '/alerts/deliveries',
  '/alerts/destinations',
  '/settings/general',
  '/settings/retention',
  '/settings/keys',
  '/settings/about',
];

/** Calls of the page to the service, but the one for who is signed in. */
const calls = /\/(?:v1|projects|events|health|ready)\b/;

const refusal = {
  statusCode: 422,
  message: 'Not today.',
  success: false,
  errorCode: 'invalid_request',
  issues: [],
};

/** As the service refuses what it cannot do; nothing that is tried again. */
const refuse = (route: Route) =>
  ['fetch', 'xhr'].includes(route.request().resourceType())
    ? route.fulfill({ status: 422, json: refusal })
    : route.continue();

test.for(asking)('what went wrong, at %s', async (path, { ui }) => {
  const page = await ui.openBlank({ key: world.key });
  await page.route(calls, refuse);
  await page.goto(`${world.url}${inWorld(path)}`);
  await page.getByRole('alert').getByText('Not today').first().waitFor();

  await lookOver(page, `failed ${path}`);
});

/** Never answered. */
const hold = (route: Route) =>
  ['fetch', 'xhr'].includes(route.request().resourceType()) ? undefined : route.continue();

test.for(asking)('what does not exist yet, at %s', async (path, { ui }) => {
  const page = await ui.openBlank({ key: world.key });
  await page.route(calls, hold);
  await page.goto(`${world.url}${inWorld(path)}`);
  await page.getByRole('status').filter({ hasText: 'Loading' }).first().waitFor();

  await expectAccessible(page);
});

test.for([
  ['/sessions', 'No sessions yet'],
  ['/events', 'No events yet'],
  ['/events?k=models', 'No model calls yet'],
  ['/alerts', 'No alerts yet'],
  ['/alerts/destinations', 'No destinations yet'],
] as const)('nothing was sent yet, at %s', async ([path, title], { ui }) => {
  for (const size of lookedAtSizes) {
    const page = await ui.open(path, { size });
    await page.getByRole('heading', { name: title }).waitFor();
    await lookOver(page, `empty ${path} ${size}`);
  }
});

test.for([
  [`/sessions?${worldDay}&q=source:nowhere`, 'No sessions match'],
  [`/events?${worldDay}&q=source:nowhere`, 'No events match'],
] as const)('nothing matches, at %s', async ([path, title], { ui }) => {
  for (const size of lookedAtSizes) {
    const page = await ui.open(inWorld(path), { size, key: world.key });
    await page.getByRole('heading', { name: title }).waitFor();
    await lookOver(page, `filtered empty ${path} ${size}`);
  }
});

test.for([
  ['/settings/general', 'read-only'],
  ['/settings/sampling', 'read-only'],
  ['/settings/retention', 'read-only'],
  ['/settings/keys', 'read-only'],
  ['/alerts', 'read-only'],
  ['/start', 'may not create others'],
] as const)('a read-only key is noted, at %s', async ([path, words], { ui }) => {
  for (const size of lookedAtSizes) {
    const page = await ui.open(inWorld(path), { size, key: readKey });
    await page.getByText(words).first().waitFor({ state: 'attached' });
    await lookOver(page, `read only ${path} ${size}`);
  }
});

interface Overlay {
  readonly at: string;
  /** Names of the buttons that open it, one after the other. */
  readonly by: readonly (string | RegExp)[];
  readonly ready: (page: Page) => Locator;
}

const menu = (page: Page) => page.getByRole('menu').first();
const dialog = (page: Page) => page.getByRole('dialog').first();

const overlays: readonly Overlay[] = [
  { at: `/sessions?${worldDay}`, by: ['Account'], ready: menu },
  { at: `/sessions?${worldDay}`, by: ['Keyboard shortcuts'], ready: dialog },
  { at: `/sessions?${worldDay}`, by: ['Search commands'], ready: dialog },
  { at: `/sessions?${worldDay}`, by: [/UTC$/], ready: dialog },
  { at: `/sessions?${worldDay}`, by: ['Columns'], ready: dialog },
  { at: `/sessions?${worldDay}`, by: ['Views'], ready: menu },
  { at: `/events?${worldDay}`, by: ['Group by'], ready: dialog },
  { at: `${last}?v=tree`, by: ['More'], ready: menu },
  { at: `/charts?${worldDay}`, by: [/^More of this chart/], ready: menu },
  { at: '/settings/keys', by: ['Create key'], ready: dialog },
  { at: '/alerts/world-latency', by: ['Actions'], ready: menu },
  { at: '/alerts/destinations', by: ['Add a destination'], ready: dialog },
];

test.for(overlays)('what $by opens, at $at', async ({ at, by, ready }, { ui }) => {
  for (const size of lookedAtSizes) {
    const page = await ui.open(inWorld(at), { size, key: world.key });
    for (const name of by)
      await page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .click();
    await ready(page).waitFor();
    await lookOver(page, `${by.join(' ')} ${size}`, ready(page));
  }
});
