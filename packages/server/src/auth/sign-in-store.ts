import { describeRecord, integer, plain } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';
import type { ApiKey } from '../keys/key-store.ts';

/** A sign-in to the web UI with a key. Only a hash of its token is stored. */
export const signInRecord = describeRecord({
  /** SHA-256 of the token, in hexadecimal. */
  token_hash: plain,
  key_id: plain,
  created_at: integer,
  expires_at: integer,
});

export type SignIn = RecordOf<typeof signInRecord>;

/** Sign-ins of the web UI. */
export interface SignInStore {
  /** Durable when it resolves. Deletes expired ones. */
  addSignIn(signIn: SignIn): Promise<void>;
  /** The sign-in and its key; null when it is unknown or expired, or its key was revoked, expired or deleted. */
  findSignIn(tokenHash: string, now: number): Promise<{ signIn: SignIn; key: ApiKey } | null>;
  /** Idempotent. */
  removeSignIn(tokenHash: string): Promise<void>;
}
