import { limits } from 'honeyhive-facts';
import type { Operation } from './operation.ts';

/** Most bytes that a body of the operation may have, before and after decompression. */
export function bodyLimitOf({ access }: Pick<Operation, 'access'>): number {
  if (access === 'public') return limits.publicBodyBytes;
  return access === 'ingest' ? limits.bodyBytes : limits.queryBodyBytes;
}
