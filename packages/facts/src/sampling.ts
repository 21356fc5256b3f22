/**
 * Whether a session is kept at this sampling rate.
 *
 * Deterministic: client and service make the same decision for the same session and rate, and a session kept at one
 * rate is kept at every higher one. FNV-1a over the UTF-16 code units, low byte first, then the finaliser of
 * MurmurHash3, because the high bits of FNV-1a hardly depend on the last characters.
 *
 * @param rate 0 to 1
 */
export function isSampled(sessionId: string, rate: number): boolean {
  if (rate >= 1) return true;
  return hash(sessionId) / 2 ** 32 < rate;
}

/** A whole number from 0 up to, not including, 2 ** 32. */
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    mixed = Math.imul(mixed ^ (unit & 0xff), 0x01000193);
    mixed = Math.imul(mixed ^ (unit >>> 8), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
