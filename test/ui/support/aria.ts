import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Expects that screen readers are told the same as when the snapshot was taken, `test/ui/aria/<name>.yml`. */
export async function expectAria(where: Page | Locator, name: string): Promise<void> {
  const locator = 'locator' in where && 'goto' in where ? where.locator('body') : where;
  // Projects of tests have random names.
  const text = (await locator.ariaSnapshot()).replaceAll(/project%20[\w-]+/g, 'project');
  await expect(`${text}\n`).toMatchFileSnapshot(`./aria/${name}.yml`);
}
