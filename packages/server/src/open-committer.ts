import type { Logger } from 'pino';
import type { Closers } from './closers.ts';
import type { ServerConfig } from './config.ts';
import { createCommitter } from './ingest/committer.ts';
import type { Committer, CommitterDeps } from './ingest/committer.ts';
import { resumeMoves } from './ingest/resume-moves.ts';
import type { ResumeDeps } from './ingest/resume-moves.ts';
import { createSpoolingCommitter } from './ingest/spooling-committer.ts';
import { WriteSpool } from './ingest/write-spool.ts';
import type { Metrics } from './observe/metrics.ts';
import { acquireLock } from './store/data-lock.ts';

export interface CommitterTools {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'dropped'>;
  readonly closers: Closers;
}

export interface OpenedCommitter {
  readonly committer: Committer;
  /** null: the settings name none. */
  readonly spool: WriteSpool | null;
}

/**
 * The only writer; first it continues with what was being moved when the process ended, and stores what waits in the
 * spool.
 *
 * @throws {DataLockedError} another process has the folder of the spool
 */
export async function openCommitter(
  config: ServerConfig,
  deps: CommitterDeps & Pick<ResumeDeps, 'events'>,
  { logger, metrics, closers }: CommitterTools,
): Promise<OpenedCommitter> {
  const inner = createCommitter(deps);
  closers.push(() => inner.close());
  const resuming = resumeMoves({ ...deps, committer: inner, logger });
  closers.push(() => resuming);
  if (config.ingestSpool === 'none') return { committer: inner, spool: null };
  const lock = await acquireLock(config.ingestSpool, config.port);
  closers.push(() => lock.release());
  const spool = await WriteSpool.open(config.ingestSpool, {
    maxBytes: config.ingestSpoolBytes,
    clock: deps.clock,
  });
  const committer = createSpoolingCommitter(inner, {
    spool,
    clock: deps.clock,
    onRefused(count) {
      metrics.dropped('spool_refused', count);
      logger.error({ count }, 'writes from the spool were refused: they are not stored');
    },
    onFault: (err) => logger.error({ err }, 'the spool cannot be read'),
    onChange: (isUsed) =>
      isUsed
        ? logger.warn('the event store is away: events wait in the spool')
        : logger.info('the spool is empty: all events are stored'),
  });
  closers.push(() => committer.close());
  return { committer, spool };
}
