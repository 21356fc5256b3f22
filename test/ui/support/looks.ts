import { byLevel } from 'honeyhive-testkit';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenOptions } from './ui-test.ts';

type Looks = Required<Pick<OpenOptions, 'size' | 'theme'>>;

/** The sizes of window that every screen and state is looked at in. */
export const lookedAtSizes = byLevel<readonly Looks['size'][]>({
  short: ['desktop'],
  full: ['desktop', 'phone'],
});

const themes = byLevel<readonly Looks['theme'][]>({ short: ['light'], full: ['light', 'dark'] });

/** The sizes with themes of windows in which what can be done on a screen is looked at. */
export const looks: readonly Looks[] = themes.flatMap((theme) =>
  lookedAtSizes.map((size) => ({ theme, size })),
);

/** Takes a picture for people to look at, into the folder that UI_SCREENSHOTS names; does nothing without it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['UI_SCREENSHOTS'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`) });
}
