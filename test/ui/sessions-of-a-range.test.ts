import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OwnProject } from '../conformance/own-project.ts';
import { expectAccessible } from './support/axe.ts';
import { looks, takePicture } from './support/looks.ts';
import { test } from './support/ui-test.ts';

const dayMs = 86_400_000;

const names = (page: Page) => page.getByRole('grid').locator('[data-row] a').allTextContents();
const headers = (page: Page) =>
  page.getByRole('grid').locator('[role=columnheader][aria-sort]').allTextContents();

/** One that began three days ago and continues, one that began an hour ago, and one that is over. */
async function fill({ api }: OwnProject): Promise<void> {
  const now = Date.now();
  const session_id = randomUUID();
  const begin = (session_name: string, start_time: number, id = randomUUID()) =>
    api.ok('startSession', { body: { session: { session_name, start_time, session_id: id } } });
  await begin('long chat', now - 3 * dayMs, session_id);
  await begin('short chat', now - dayMs / 24);
  await begin('over', now - 3 * dayMs);
  const event = buildEvent({ session_id, start_time: now - 60_000, end_time: now - 59_000 });
  await api.ok('createEvent', { body: { event } });
}

test.for(looks)(
  'a session that continues is in the list of today, by start and by last activity, %o',
  async ({ theme, size }, { ui }) => {
    await fill(ui.project);
    const page = await ui.open('/sessions?t=24h', { theme, size });
    await page.getByText('2 sessions').first().waitFor();

    await page.getByText('Session starts · 1 outside the range').waitFor();
    expect(await names(page)).toEqual(['short chat', 'long chat']);
    expect((await headers(page)).join()).toMatch(/^Start \(/);

    await page.getByRole('button', { name: 'Sorted by start' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Last activity' }).click();
    await page.getByRole('button', { name: 'Sorted by last activity' }).waitFor();
    await expect.poll(() => names(page)).toEqual(['long chat', 'short chat']);
    expect((await headers(page)).join()).toMatch(/^Last activity \(/);
    expect(new URL(page.url()).searchParams.get('s')).toBe('-activity');
    await takePicture(page, `list activity ${theme} ${size}`);
    await expectAccessible(page);

    await page.reload();
    await expect.poll(() => names(page)).toEqual(['long chat', 'short chat']);
  },
);
