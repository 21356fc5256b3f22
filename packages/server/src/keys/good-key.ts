import type { ApiKey } from './key-store.ts';

/** Whether it was neither revoked nor has expired. */
export const isGoodKey = (
  { revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>,
  now: number,
): boolean => revokedAt === null && (expiresAt === null || expiresAt > now);
