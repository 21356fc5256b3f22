import { chromium } from 'playwright-core';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, test as base } from 'vitest';
import { openProject } from '../../conformance/own-project.ts';
import type { OwnProject } from '../../conformance/own-project.ts';
import { findOverflow } from './overflow.ts';
import { Profiles } from './profiles.ts';
import type { Profile } from './profiles.ts';
import { watchPage } from './watch-page.ts';

/** Sizes that every screen has to work at, CSS pixels. */
export const sizes = {
  desktop: { width: 1280, height: 720 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

export interface OpenOptions {
  /** Default `desktop`. `phone` has a coarse pointer, too. */
  readonly size?: keyof typeof sizes;
  /** What the system prefers. Default `light`. */
  readonly theme?: 'light' | 'dark';
  /** Key to be signed in with; null: nobody is. Default: that of the project. */
  readonly key?: string | null;
  /** Another service than the one that all tests share. */
  readonly url?: string;
  readonly reducedMotion?: boolean;
  /** Parts of problems that the test brings about on purpose. */
  readonly expectedProblems?: readonly string[];
}

/** The UI in a real browser, on a real service. */
export interface Ui {
  /** A project of this test alone, with its own key. */
  readonly project: OwnProject;
  /** Opens a page; the path begins with `/`, in the project when it does not begin with `/p/` or is `/`. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** Opens an empty page, signed in, for those who decide what it is answered before it goes anywhere. */
  openBlank(options?: OpenOptions): Promise<Page>;
}

let profiles: Profiles | undefined;

/** One browser for all tests of a worker. */
async function openProfiles(): Promise<Profiles> {
  profiles ??= new Profiles(await chromium.launch(inject('browserOptions')));
  return profiles;
}

/** Signs in as the page does: the answer's cookie goes into the profile. */
async function signIn(context: BrowserContext, url: string, key: string): Promise<void> {
  const answer = await context.request.post(`${url}/ui/session`, { data: { api_key: key } });
  if (!answer.ok()) throw new Error(`signing in: ${answer.status()} ${await answer.text()}`);
}

/**
 * A test with the UI. At its end each page that it opened must have been quiet: no error in the console, nothing that
 * the policy forbids, no request to elsewhere, nothing wider than the window.
 */
export const test = base.extend<{ ui: Ui }>({
  ui: async ({}, use) => {
    const project = await openProject();
    const taken: Profile[] = [];
    const checks: (() => Promise<void>)[] = [];
    const openBlank: Ui['openBlank'] = async (options = {}) => {
      const { key = project.key, url = project.url, expectedProblems = [] } = options;
      const profile = await (await openProfiles()).take(toContextOptions(options));
      taken.push(profile);
      if (key !== null) await signIn(profile.context, url, key);
      const page = await profile.context.newPage();
      const problems = await watchPage(page, url);
      checks.push(async () => {
        if (!page.isClosed()) problems.push(...(await findOverflow(page)));
        const unexpected = problems.filter(
          (problem) => !expectedProblems.some((part) => problem.includes(part)),
        );
        expect(unexpected, `problems of ${page.url()}`).toEqual([]);
      });
      return page;
    };
    const open: Ui['open'] = async (path, options = {}) => {
      const page = await openBlank(options);
      await page.goto(`${options.url ?? project.url}${toPath(path, project)}`);
      return page;
    };
    await use({ project, open, openBlank });
    try {
      for (const check of checks) await check();
    } finally {
      await Promise.all(taken.map((profile) => profile.release()));
    }
  },
});

const toContextOptions = ({
  size = 'desktop',
  theme = 'light',
  reducedMotion = false,
}: OpenOptions): BrowserContextOptions => ({
  viewport: sizes[size],
  hasTouch: size === 'phone',
  isMobile: size === 'phone',
  colorScheme: theme,
  locale: 'en-GB',
  timezoneId: 'UTC',
  reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
});

const toPath = (path: string, { name }: OwnProject): string =>
  path === '/' || /^\/(p\/|#)/.test(path) ? path : `/p/${encodeURIComponent(name)}${path}`;
