import type { Clock } from '../../clock.ts';
import type { ServerConfig } from '../../config.ts';
import type { Metrics } from '../../observe/metrics.ts';
import { createBodyBudget } from './body-budget.ts';
import type { BodyBudget } from './body-budget.ts';
import { createBodyWatch } from './body-watch.ts';
import type { BodyWatch } from './body-watch.ts';

/** What bounds the bodies of requests: several of the largest fit into the memory for them, two of one key. */
export function openBodies(
  { maxBodiesBytes, maxBodyBytes }: Pick<ServerConfig, 'maxBodiesBytes' | 'maxBodyBytes'>,
  { metrics, clock }: { readonly metrics: Metrics; readonly clock: Clock },
  closers: (() => void)[],
): { readonly bodies: BodyBudget; readonly bodyWatch: BodyWatch } {
  const maxBytes = Math.max(maxBodiesBytes, 4 * maxBodyBytes);
  const bodies = createBodyBudget({ maxBytes, maxKeyBytes: maxBytes / 2 });
  metrics.watchBodies(() => bodies.stats());
  const bodyWatch = createBodyWatch(clock);
  closers.push(() => bodyWatch.close());
  return { bodies, bodyWatch };
}
