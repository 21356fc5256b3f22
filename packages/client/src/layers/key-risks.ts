import { findKeyRisks } from '../options/key-risks.ts';
import type { KeyRoute } from '../options/key-risks.ts';
import type { Warn } from '../options/warner.ts';
import type { Layer } from '../wire/pipeline.ts';

/** Warns before the first request that takes the key where it may not be meant to go. */
export function warnOfKeyRisks(route: KeyRoute, warn: Warn): Layer[] {
  const risks = findKeyRisks(route);
  if (risks.length === 0) return [];
  return [
    (next) => (request, signal) => {
      for (const risk of risks) warn(risk);
      return next(request, signal);
    },
  ];
}
