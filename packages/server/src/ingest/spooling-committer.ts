import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../domain/event-store.ts';
import type { Committer } from './committer.ts';
import type { SpoolRecord, WriteSpool } from './write-spool.ts';
import type { Write, WriteOutcome } from './write.ts';

/** From one attempt to the next while the store is away, milliseconds. */
const retryMs = 1_000;

export interface SpoolingDeps {
  readonly spool: WriteSpool;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Called when writes are not stored though they were acknowledged: their ids turned out to be of others. */
  readonly onRefused: (count: number) => void;
  /** Called when the spool cannot be read, or has a damaged file. */
  readonly onFault: (fault: unknown) => void;
  /** Called when the spool begins to be used, and when it is empty again. */
  readonly onChange: (isUsed: boolean) => void;
}

/**
 * The committer, and a spool for what it cannot store because the store is away: acknowledged as `queued`, it is stored
 * in the order of its arrival when the store is back. As long as anything waits there, what comes waits behind it. What
 * is stored twice, because the process ended in between, is stored once: events have ids.
 *
 * Deletions are not queued.
 */
export function createSpoolingCommitter(committer: Committer, deps: SpoolingDeps): Committer {
  const { spool } = deps;
  const replay = createReplay(committer, deps);
  const queue = async (record: SpoolRecord): Promise<WriteOutcome[]> => {
    await spool.append(record);
    replay.wake();
    return record.writes.map(() => ({ kind: 'queued' }));
  };
  let isClosing = false;
  replay.wake();
  return {
    async submit(writes, bytes) {
      if (!spool.isEmpty) {
        if (!writes.every(canWait)) throw new StoreUnavailable(notNow);
        return queue({ writes, bytes });
      }
      try {
        return await committer.submit(writes, bytes);
      } catch (error) {
        if (!isAway(error) || !writes.every(canWait) || isClosing) throw error;
        return queue({ writes, bytes });
      }
    },
    stats: () => committer.stats(),
    async close() {
      isClosing = true;
      await Promise.all([replay.stop(), committer.close()]);
    },
  };
}

/** Stores what waits, file by file, until nothing does. */
function createReplay(
  committer: Pick<Committer, 'submit'>,
  { spool, clock, onRefused, onFault, onChange }: SpoolingDeps,
) {
  let isStopped = false;
  let running: Promise<void> | null = null;
  const storeNext = async (): Promise<void> => {
    const next = await spool.next();
    if (next === null) return;
    const { file, records } = next;
    if (records === null) {
      onFault(new Error(`a damaged file: ${file.name}`));
      onRefused(file.records);
      await spool.setAside(file);
      return;
    }
    const refused = await storeAll(committer, records);
    if (refused === null) {
      await clock.sleep(retryMs);
      return;
    }
    if (refused > 0) onRefused(refused);
    await spool.drop(file);
  };
  const run = async (): Promise<void> => {
    onChange(true);
    while (!spool.isEmpty && !isStopped) {
      try {
        await storeNext();
      } catch (error) {
        onFault(error);
        await clock.sleep(retryMs);
      }
    }
    running = null;
    if (spool.isEmpty) onChange(false);
  };
  return {
    /** Begins if anything waits. */
    wake(): void {
      if (!spool.isEmpty && !isStopped) running ??= run();
    },
    async stop(): Promise<void> {
      isStopped = true;
      await running;
    },
  };
}

const notNow = 'Other writes wait until the store is back, and a deletion cannot wait with them.';

const canWait = ({ kind }: Write): boolean =>
  kind === 'create' || kind === 'startSession' || kind === 'patch';

const isAway = (error: unknown): boolean => error instanceof StoreUnavailable && error.isForAll;

/** Outcomes of writes that are in the store then, or held. */
const taken = new Set<WriteOutcome['kind']>(['stored', 'known', 'held', 'moved', 'deleted']);

/** @returns how many of the writes were refused; null: the store is still away */
async function storeAll(
  committer: Pick<Committer, 'submit'>,
  records: readonly SpoolRecord[],
): Promise<number | null> {
  const results = await Promise.allSettled(
    records.map(({ writes, bytes }) => committer.submit(writes, bytes)),
  );
  let refused = 0;
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled')
      refused += result.value.filter(({ kind }) => !taken.has(kind)).length;
    else if (result.reason instanceof StoreUnavailable) return null;
    else refused += records[index]?.writes.length ?? 0;
  }
  return refused;
}
