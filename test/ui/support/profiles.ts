import type { Browser, BrowserContext, BrowserContextOptions, CDPSession } from 'playwright-core';

/** What one user's browser keeps: cookies, storage, permissions. */
export interface Profile {
  readonly context: BrowserContext;
  /** Clears it, closes its pages, and lets later tests have it. */
  release(): Promise<void>;
}

/** A step that takes longer does not come. Machines under load are slow. */
const stepTimeoutMs = 30_000;

/**
 * Profiles that tests use one after the other: a new one for each costs another process of the browser, which is half
 * of the processor time of a usual test.
 */
export class Profiles {
  readonly #browser: Browser;
  readonly #free = new Map<string, Profile[]>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** One that is empty. */
  async take(options: BrowserContextOptions): Promise<Profile> {
    const key = JSON.stringify(options);
    const free = this.#free.get(key) ?? [];
    this.#free.set(key, free);
    return free.pop() ?? this.#open(options, free);
  }

  async #open(options: BrowserContextOptions, free: Profile[]): Promise<Profile> {
    const context = await this.#browser.newContext(options);
    context.setDefaultTimeout(stepTimeoutMs);
    // Stays open: with its last page a profile loses its process.
    const blank = await context.newPage();
    const session = await context.newCDPSession(blank);
    const origins = new Set<string>();
    context.on('request', (request) => origins.add(new URL(request.url()).origin));
    const profile: Profile = {
      context,
      async release() {
        const pages = context.pages().filter((page) => page !== blank);
        await Promise.all(pages.map((page) => page.close()));
        await context.unrouteAll({ behavior: 'ignoreErrors' });
        await context.clearCookies();
        await context.clearPermissions();
        await clearStorage(session, origins);
        free.push(profile);
      },
    };
    return profile;
  }
}

/** Clears what pages stored; not the cache of the network, whose entries say themselves how long they hold. */
async function clearStorage(session: CDPSession, origins: Set<string>): Promise<void> {
  for (const origin of origins)
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' });
  origins.clear();
}
