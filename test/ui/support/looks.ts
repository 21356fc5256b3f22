import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenOptions } from './ui-test.ts';

/** The sizes and themes that every state of every screen is looked at in. */
export const looks = (['light', 'dark'] as const).flatMap((theme) =>
  (['desktop', 'phone'] as const).map((size) => ({ theme, size })),
) satisfies readonly OpenOptions[];

/** Takes a picture for people to look at, into the folder that UI_SCREENSHOTS names; does nothing without it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['UI_SCREENSHOTS'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`) });
}
