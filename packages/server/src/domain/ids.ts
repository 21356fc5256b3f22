import { createHash, randomBytes } from 'node:crypto';

function toUuid(bytes: Uint8Array, version: number): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version.toString(16)}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A UUIDv7: ordered by time. Source: RFC 9562 section 5.7. */
export function newId(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return toUuid(bytes, 7);
}

/** The same id for the same seed, always. A UUIDv8 over SHA-256. Source: RFC 9562 section 5.8. */
export function derivedId(seed: string): string {
  return toUuid(createHash('sha256').update(seed).digest(), 8);
}
