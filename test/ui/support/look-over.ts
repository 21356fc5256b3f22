import { byLevel } from 'honeyhive-testkit';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible, expectFresh } from './axe.ts';
import { takePicture } from './looks.ts';
import { findOverflow } from './overflow.ts';
import { findTextFaults } from './text-faults.ts';

/**
 * Expects of the page as it is now what holds for every screen and state; at full length in both themes, and in forced
 * colours.
 *
 * @param within the only part that axe looks at, where the rest was looked at before. Default: all of the page
 */
export async function lookOver(
  page: Page,
  name: string,
  within: Locator = page.locator('html'),
): Promise<void> {
  await settle(page);
  // Half-way from one theme to the other a colour is that of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await takePicture(page, `${name} light`);
  await expectAccessible(page, { within });
  await byLevel({ short: async () => undefined, full: lookAtColours })(page, name, within);
  expect(await findOverflow(page), `${name} in its window`).toEqual([]);
  expect(await findTextFaults(page), `words of ${name}`).toEqual([]);
}

/** The other theme, and the colours of the system. */
async function lookAtColours(page: Page, name: string, within: Locator): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await takePicture(page, `${name} dark`);
  // Nothing but colours is another in another theme.
  await expectAccessible(page, { rules: ['color-contrast', 'link-in-text-block'], within });
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  expect(await findUnmarked(page), `${name} in forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
}

/** Waits until nothing is being loaded. */
export async function settle(page: Page): Promise<void> {
  const loading = page.getByRole('status').filter({ hasText: 'Loading' });
  await expect.poll(() => loading.count()).toBe(0);
  await expectFresh(page);
}

/** What is chosen, pressed or current, and does not look so once colours are those of the system. */
const findUnmarked = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const states = ['pressed', 'selected'].map((state) => `[aria-${state}=true]`);
    const marked = document.querySelectorAll<HTMLElement>(`[aria-current], ${states.join()}`);
    return [...marked]
      .filter((element) => element.checkVisibility() && element.getClientRects().length > 0)
      .filter((element) => getComputedStyle(element).outlineStyle === 'none')
      .map((element) => element.outerHTML.slice(0, 120));
  });
