import { byLevel, createKey, createOperationCaller, startService } from 'honeyhive-testkit';
import { beforeAll, expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAria } from './support/aria.ts';
import { lookOver } from './support/look-over.ts';
import { lookedAtSizes } from './support/looks.ts';
import { findOverflow } from './support/overflow.ts';
import { screens } from './support/screens.ts';
import { sizes, test } from './support/ui-test.ts';
import { fillWorld, openWorld } from './support/world.ts';

let world: OwnProject;

beforeAll(async () => {
  world = await openWorld();
});

/** 1280 × 720 at 200 %, and as wide as a phone. */
const narrow = [{ width: 640, height: 360 }, sizes.phone];

test.for(screens)('the screen: $name', async ({ name, path, ready, aria }, { ui }) => {
  const address = `/p/${encodeURIComponent(world.name)}${path}`;
  const page = await ui.open(address, { key: world.key });
  await ready(page).waitFor();
  await lookOver(page, `${name} desktop`);
  await expectAria(aria?.(page) ?? page.getByRole('main'), `screen-${name.replaceAll(' ', '-')}`);
  for (const size of narrow) {
    await page.setViewportSize(size);
    expect(await findOverflow(page), `in ${size.width} pixels`).toEqual([]);
  }
  await page.close();
  if (!lookedAtSizes.includes('phone')) return;

  const phone = await ui.open(address, { key: world.key, size: 'phone' });
  await ready(phone).waitFor({ state: 'attached' });
  await lookOver(phone, `${name} phone`);
});

/** All screens take their addresses from one place. */
const belowBasePath = byLevel({
  short: screens.filter(({ name }) => ['sessions', 'event', 'charts', 'keys'].includes(name)),
  full: screens,
});

test('screens work below a base path', async ({ ui }) => {
  const service = await startService({ env: { HH_BASE_PATH: '/tools/honeyhive' } });
  try {
    const url = `${service.url}/tools/honeyhive`;
    const { key } = await createKey(service.dataDir, { project: 'default' });
    await fillWorld({ api: createOperationCaller({ url, key }), id: 'default' });
    const page = await ui.open('/', { url, key });
    for (const { path, ready } of belowBasePath) {
      await page.goto(`${url}/p/default${path}`);
      await ready(page).waitFor();
    }
    // What it would still fetch must not fail for want of the service.
    await page.close();
  } finally {
    await service.stop();
  }
});
