import { randomBytes } from 'node:crypto';
import type { ApiKey } from '../keys/key-store.ts';

/** How long a code is valid, milliseconds. */
export const codeMs = 3_600_000;

/** Single-use sign-in codes, which a program prints instead of a key. In memory only. */
export interface SignInCodes {
  /** A new code for signing in as the key. */
  issue(key: ApiKey): Promise<string>;
  /** The key, once; null when the code is unknown, used or too old. */
  redeem(code: string): Promise<ApiKey | null>;
}

/** @param monotonicMs milliseconds that never go back */
export function createSignInCodes(monotonicMs: () => number): SignInCodes {
  const codes = new Map<string, { key: ApiKey; until: number }>();
  return {
    async issue(key) {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { key, until: monotonicMs() + codeMs });
      return code;
    },
    async redeem(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found && found.until > monotonicMs() ? found.key : null;
    },
  };
}
