import type { WriteTurns } from '../ingest/write-turns.ts';
import type { TurnLocks } from '../store/metadata/turn-locks.ts';

/**
 * Turns of servers that share a database. One whose locks were lost counts as not done, because another server may have
 * had them since; its number tells the event store what is newer
 * ([ADR 38](../../../../docs/adr/0038-several-servers.md)).
 */
export const createStoredWriteTurns = (locks: TurnLocks): WriteTurns => ({
  isShared: true,
  run: (ids, work) =>
    locks.run(ids, ({ number, isAlone }) => {
      const held = new Set(ids);
      const isMissing = (id: string): boolean => !isAlone && !held.has(id);
      return work({ number, missing: (wanted) => [...new Set(wanted)].filter(isMissing) });
    }),
});
