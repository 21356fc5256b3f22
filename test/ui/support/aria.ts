import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Expects that screen readers are told the same as when the snapshot was taken, `test/ui/aria/<name>.yml`. */
export async function expectAria(where: Page | Locator, name: string): Promise<void> {
  const locator = 'locator' in where && 'goto' in where ? where.locator('body') : where;
  const text = await locator.ariaSnapshot();
  await expect(`${text}\n`).toMatchFileSnapshot(`./aria/${name}.yml`);
}
