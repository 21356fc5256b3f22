import type { KeyStore } from '../keys/key-store.ts';
import type { Clock } from '../clock.ts';
import { isGoodKey } from '../keys/good-key.ts';
import type { SignIns } from '../auth/sign-ins.ts';

/** What a stream was opened with. */
export interface StreamCredentials {
  /** Key that it was opened with, or signed in with. */
  readonly keyId: string;
  /** Token of the sign-in that it was opened with; null: with the key itself. */
  readonly signInToken: string | null;
}

/** Where keys and sign-ins are looked up. */
export interface CredentialSources {
  readonly clock: Pick<Clock, 'now'>;
  readonly metadata: Pick<KeyStore, 'listKeys'>;
  readonly signIns: Pick<SignIns, 'find'>;
}

/** Which streams are over: their key was revoked or has expired, or their sign-in has ended. */
export async function findOver(
  streams: readonly StreamCredentials[],
  { clock, metadata, signIns }: CredentialSources,
): Promise<(stream: StreamCredentials) => boolean> {
  const keys = await metadata.listKeys();
  const good = new Set(keys.filter((key) => isGoodKey(key, clock.now())).map(({ id }) => id));
  const tokens = [...new Set(streams.flatMap(({ signInToken }) => signInToken ?? []))];
  const found = await Promise.all(tokens.map((token) => signIns.find(token)));
  const over = new Set(tokens.filter((_, index) => found[index] === null));
  // A stream that was opened meanwhile is looked at the next time.
  const known = new Set(streams);
  return (stream) =>
    known.has(stream) &&
    (!good.has(stream.keyId) || (stream.signInToken !== null && over.has(stream.signInToken)));
}
