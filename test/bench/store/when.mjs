// When the questions are asked, and the range that they are about.
import { endMs } from './traffic.mjs';

/** Not on the hour, as nobody asks then. */
export const nowMs = endMs - 1_234_567;

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Of the range of a question that was asked before, nobody asks again: it ends now, and a while has passed. */
const mostPassedMs = 600_000;

/** The last days up to a moment that is another one each time, as a screen asks for them. */
export function drawInterval(dice, days) {
  const to = nowMs - dice.below(mostPassedMs);
  return { from: to - days * dayMs, to };
}
