/** Program of the browser, or null when this machine has none; throws when one is named that does not exist. */
export function findChromium(): string | null;
/** The same, installed when it is missing; throws when it cannot be. */
export function ensureChromium(): Promise<string>;
/** The browser that tests drive: Chromium's headless shell, where it can be had. */
export function ensureTestBrowser(): Promise<string>;
