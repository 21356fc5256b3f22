import type { AxeResults, RunOnly } from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Each page compiles it: minified that takes two thirds of the time. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export interface AccessibleOptions {
  /** Ids of the only rules to look at. Default: all of WCAG 2.2 AA, and what axe holds for good practice. */
  readonly rules?: readonly string[];
  /** The only part of the page to look at. Default: all of it. */
  readonly within?: Locator;
}

/** Waits until what is shown answers what was asked last: what is about to be replaced is pale, and said to be busy. */
export const expectFresh = (page: Page): Promise<void> =>
  expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);

/** Expects that axe finds nothing wrong with the page as it is now. */
export async function expectAccessible(
  page: Page,
  { rules, within = page.locator('html') }: AccessibleOptions = {},
): Promise<void> {
  await expectFresh(page);
  // Half-way through a fade a colour is not what it will be.
  await page.evaluate(async () => {
    // Endless animations never finish: a skeleton, the live indicator.
    const finite = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(finite.map((animation) => animation.finished.catch(() => null)));
  });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const runOnly: RunOnly = rules
    ? { type: 'rule', values: [...rules] }
    : { type: 'tag', values: tags };
  const results = await within.evaluate(async (element, only): Promise<AxeResults> => {
    const { axe: runner } = window as unknown as { axe: typeof import('axe-core') };
    // What no rule here reads, and no failure here says, takes a fifth of the time: style sheets, selectors of nodes.
    const quick = { preload: false, selectors: false };
    return runner.run(element, { runOnly: only, resultTypes: ['violations'], ...quick });
  }, runOnly);
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  );
  expect(found, `axe at ${page.url()}`).toEqual([]);
}
