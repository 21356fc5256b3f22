import type { FillRandom } from './clock.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const idBytes = 10;
// One request to the system's generator serves this many ids: each request costs more than an id.
const idsPerDraw = 128;
const counterLimit = 0x1000;

/**
 * Makes UUIDv7 (RFC 9562 section 5.7): 48 bits of time, a 12-bit counter, 62 random bits.
 *
 * Ids made by one maker sort in the order they were made: the counter starts at random in each
 * millisecond and counts up inside it (RFC 9562 section 6.2, method 1). When it runs out, or the
 * clock goes back, the time of the last id is carried on.
 */
export function createIds(now: () => number, fillRandom: FillRandom): () => string {
  const pool = new Uint8Array(idBytes * idsPerDraw);
  let used = pool.length;
  let lastMs = -1;
  let counter = 0;

  const draw = (): number => {
    if (used === pool.length) {
      fillRandom(pool);
      used = 0;
    }
    used += idBytes;
    return used - idBytes;
  };

  return () => {
    const at = draw();
    const nowMs = now();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      // The top bit stays free, so that there is room to count.
      counter = (byteAt(pool, at) << 3) | (byteAt(pool, at + 1) & 0x07);
    } else if (++counter === counterLimit) {
      lastMs += 1;
      counter = 0;
    }
    return format(lastMs, counter, pool.subarray(at + 2, at + idBytes));
  };
}

function format(ms: number, counter: number, random: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0');
  const version = (0x7000 | counter).toString(16);
  const variant = hexOf(0x80 | (byteAt(random, 0) & 0x3f));
  let tail = '';
  for (let index = 2; index < random.length; index += 1) tail += hexOf(byteAt(random, index));
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}${hexOf(byteAt(random, 1))}-${tail}`;
}

const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;
const hexOf = (byte: number): string => hex[byte] ?? '00';
