import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Expects that the keyboard speaks to the element, or to something in it. Menus move the focus a moment after the key
 * that asked for it.
 */
export const expectFocus = (place: Locator): Promise<void> =>
  expect
    .poll(() => place.evaluate((element) => element.contains(document.activeElement)))
    .toBe(true);
