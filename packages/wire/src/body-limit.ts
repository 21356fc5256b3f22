import { limits } from 'honeyhive-facts';
import type { Operation } from './operation.ts';

/** Most bytes that a body of the operation may have, before and after decompression. */
export function bodyLimitOf(operation: Pick<Operation, 'access' | 'lists' | 'format'>): number {
  const { access } = operation;
  if (access === 'public') return limits.publicBodyBytes;
  if (access !== 'ingest') return limits.queryBodyBytes;
  return storesMany(operation) ? limits.bodyBytes : limits.eventBytes;
}

/** Whether one request of the operation stores many events. */
export const storesMany = ({ lists, format }: Pick<Operation, 'lists' | 'format'>): boolean =>
  lists !== undefined || format === 'otlp';
