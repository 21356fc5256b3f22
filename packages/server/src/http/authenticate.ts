import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ApiKey, MetadataStore } from '../domain/metadata-store.ts';
import { Problem } from '../domain/problem.ts';

/** How long a verified key is remembered: a revoked one stops working after this, at the latest. */
const rememberMs = 1_000;
const maxRemembered = 10_000;

/** Finds out whose request it is. */
export type Authenticate = (authorization: string | undefined) => Promise<ApiKey>;

const missing = (message: string): Problem =>
  new Problem(
    'unauthenticated',
    `${message} Send \`Authorization: Bearer <key>\`; \`honeyhive keys create\` makes a key.`,
    {
      issues: [{ field: 'authorization', message }],
    },
  );

/** Keys verified within the last second are not looked up again; only their hashes are remembered. */
export function createAuthenticate(metadata: MetadataStore, clock: Clock): Authenticate {
  const remembered = new Map<string, { key: ApiKey; until: number }>();
  return async (authorization) => {
    if (!authorization) throw missing('No API key.');
    const [, token] = /^Bearer\s+(\S{1,512})\s*$/i.exec(authorization) ?? [];
    if (!token) throw missing('The authorization header is not `Bearer <key>`.');
    const hash = createHash('sha256').update(token).digest('base64');
    const known = remembered.get(hash);
    if (known && known.until > clock.monotonicMs()) return known.key;
    remembered.delete(hash);
    const key = await metadata.verifyKey(token);
    if (!key) throw missing('The API key is unknown or revoked.');
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(hash, { key, until: clock.monotonicMs() + rememberMs });
    return key;
  };
}
