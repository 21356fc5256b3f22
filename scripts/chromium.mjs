// The browser that the tests of the UI drive. Playwright's own cannot be had from the registry; that of the system can.
import { existsSync } from 'node:fs';
import { runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const advice =
  'Install Chromium (Debian: `apt-get install chromium`), or name its program in HH_CHROMIUM.';

/**
 * Program of the browser: what HH_CHROMIUM or CHROMIUM_PATH names, or what this machine has; null when it has none.
 *
 * @throws when one is named that does not exist
 */
export function findChromium() {
  const named = process.env.HH_CHROMIUM ?? process.env.CHROMIUM_PATH;
  if (named === undefined) return places.find((path) => existsSync(path)) ?? null;
  if (existsSync(named)) return named;
  throw new Error(`There is no Chromium at ${named}. ${advice}`);
}

/** Who may install packages, on a system that has Debian's. */
const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @returns what the installation printed */
async function install(name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { output } = await withProgress(`installing ${name}`, async () => {
    await runQuietly('apt-get', ['update'], env);
    return runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name], env);
  });
  return output;
}

/**
 * The same, installed if missing and permitted.
 *
 * @throws if there is no browser, with instructions
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (!canInstall()) throw new Error(`The tests of the UI need a browser. ${advice}`);
  const output = await install('chromium');
  const installed = findChromium();
  if (installed !== null) return installed;
  throw new Error(`${output}\nChromium could not be installed. ${advice}`);
}

const shell = '/usr/bin/chromium-headless-shell';

/**
 * The browser that tests drive: the one that is named; else Chromium's headless shell, in which a page takes half of
 * the processor time, installed if missing and permitted; else Chromium.
 *
 * @throws if there is no browser, with instructions
 */
export async function ensureTestBrowser() {
  const isNamed = (process.env.HH_CHROMIUM ?? process.env.CHROMIUM_PATH) !== undefined;
  if (!isNamed && !existsSync(shell) && canInstall()) await install('chromium-headless-shell');
  return !isNamed && existsSync(shell) ? shell : ensureChromium();
}
