import { createHash, randomUUID } from 'node:crypto';

function toUuid(bytes: Uint8Array, version: number): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version.toString(16)}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Ids of one millisecond: a counter of 12 bits. */
const maxCount = 0xfff;
/** A clock that was set back further than this is followed. */
const maxAheadMs = 1_000;
let lastMs = 0;
let count = 0;

/**
 * A UUIDv7, each one greater than those before. Source: RFC 9562 sections 5.7 and 6.2, "Fixed Bit-Length Dedicated
 * Counter".
 *
 * @param now epoch milliseconds, whole
 */
export function newId(now: number): string {
  if (now > lastMs || now < lastMs - maxAheadMs) [lastMs, count] = [now, 0];
  else if (count < maxCount) count += 1;
  else [lastMs, count] = [lastMs + 1, 0];
  const time = lastMs.toString(16).padStart(12, '0');
  const order = count.toString(16).padStart(3, '0');
  // Behind the counter a UUIDv4 is as random and has the same variant; the runtime draws the bytes of many at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}${randomUUID().slice(18)}`;
}

/** The same id for the same seed, always. A UUIDv8 over SHA-256. Source: RFC 9562 section 5.8. */
export function derivedId(seed: string): string {
  return toUuid(createHash('sha256').update(seed).digest(), 8);
}
