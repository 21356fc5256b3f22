import type { FillRandom } from './clock.ts';

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
  // Written over by each id: to join parts takes four times as long, and eight times the memory.
  const letters = Array.from('00000000-0000-7000-8000-000000000000', toCode);
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
  const carryOn = (ms: number, count: number): void => {
    counter = count;
    if (ms === lastMs) return;
    lastMs = ms;
    const time = ms.toString(16).padStart(12, '0');
    for (let place = 0; place < 12; place += 1) {
      letters[place < 8 ? place : place + 1] = time.charCodeAt(place);
    }
  };

  return () => {
    const at = draw();
    const nowMs = now();
    // The top bit stays free, so that there is room to count.
    if (nowMs > lastMs) carryOn(nowMs, (byteAt(pool, at) << 3) | (byteAt(pool, at + 1) & 0x07));
    else if (counter + 1 < counterLimit) carryOn(lastMs, counter + 1);
    else carryOn(lastMs + 1, 0);
    letters[15] = codeOf(counter >> 8);
    writeByte(letters, 16, counter & 0xff);
    writeByte(letters, 19, 0x80 | (byteAt(pool, at + 2) & 0x3f));
    writeByte(letters, 21, byteAt(pool, at + 3));
    for (let index = 4; index < idBytes; index += 1) {
      writeByte(letters, 16 + 2 * index, byteAt(pool, at + index));
    }
    return String.fromCharCode(...letters);
  };
}

const toCode = (letter: string): number => letter.charCodeAt(0);
const codes = Array.from('0123456789abcdef', toCode);
const codeOf = (digit: number): number => codes[digit] ?? 0;

function writeByte(letters: number[], at: number, byte: number): void {
  letters[at] = codeOf(byte >> 4);
  letters[at + 1] = codeOf(byte & 0x0f);
}

const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;
