import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 10;
/** However busy the machine is: reached only by what never happens. */
const withinMs = 120_000;

/**
 * Waits for what is to come about, instead of for a time in which it should have.
 *
 * @param describe what did not happen, for the error
 * @throws after two minutes
 */
export async function waitUntil(
  isSo: () => boolean | Promise<boolean>,
  describe: () => string,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${describe()} within ${withinMs} ms`);
    await delay(everyMs);
  }
}
