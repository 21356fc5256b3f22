import type { HeldPatchStore } from '../held-updates/held-patch-store.ts';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Leases } from '../state/leases.ts';
import type { Metrics } from '../observe/metrics.ts';

const everyMs = 3_600_000;
const dayMs = 86_400_000;

export interface HeldPatchDeps {
  readonly metadata: Pick<HeldPatchStore, 'expireHeldPatches'>;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'dropped'>;
  readonly logger: Logger;
}

/** Held updates are dropped after some days, with a count and a log message. Returns a function that stops it. */
export function expireHeldPatches(deps: HeldPatchDeps, days: number): () => void {
  const { metadata, leases, clock, metrics, logger } = deps;
  const reason = 'event_never_arrived';
  const expire = async (): Promise<void> => {
    const count = await metadata.expireHeldPatches(clock.now() - days * dayMs);
    if (count === 0) return;
    metrics.dropped(reason, count);
    logger.warn({ dropped: count, reason }, 'held updates expired');
  };
  return clock.every(everyMs, () => {
    leases
      .run('held updates', expire)
      .catch((error: unknown) => logger.error({ err: error }, 'held updates could not be expired'));
  });
}
