import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyAccess, KeyForm } from './key-store.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** How long the parts of a key are. */
const plainChars = { id: 12, secret: 32 };
/** Those of the vendor's keys: its SDKs reject any other length. */
const typedChars = { id: 24, secret: 64 };

/** Random characters of the alphabet, each as likely as any other: bytes beyond a multiple of 62 are thrown away. */
function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte >= 248 || text.length === length) continue;
      text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

/** A new key: `hh_`, its public id, and 190 bits of secret or more. */
export function mintKey(form: KeyForm = 'plain', access: KeyAccess = 'full'): MintedKey {
  if (form === 'plain') return mint('', plainChars);
  return mint(access === 'ingest' ? 'ingst_' : 'fgdp_', typedChars);
}

interface MintedKey {
  readonly id: string;
  readonly key: string;
}

function mint(type: string, chars: typeof plainChars): MintedKey {
  const id = type + randomText(chars.id);
  return { id, key: `hh_${id}_${randomText(chars.secret)}` };
}

/** What is stored of a key. A fast hash is enough: there is no guessing 190 random bits. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Whether the key has the hash, in a time that does not depend on where they differ. */
export function hasHash(key: string, hash: string): boolean {
  const actual = Buffer.from(hashKey(key), 'hex');
  const expected = Buffer.from(hash, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
