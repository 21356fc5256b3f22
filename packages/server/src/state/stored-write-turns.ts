import type { WriteTurns } from '../ingest/write-turns.ts';
import type { TurnLocks } from '../store/metadata/turn-locks.ts';

/** Enough for those whose rows were not looked for since. */
const maxOwnNumbers = 256;

/**
 * Turns of servers that share a database. One whose locks were lost counts as not done, because another server may have
 * had them since; its number tells the event store what is newer
 * ([ADR 38](../../../../docs/adr/0038-several-servers.md)).
 */
export function createStoredWriteTurns(locks: TurnLocks): WriteTurns {
  const ownNumbers: number[] = [];
  return {
    isShared: true,
    ownNumbers: () => ownNumbers,
    async run(ids, work) {
      let own = 0;
      const result = await locks.run(ids, ({ number, isAlone }) => {
        own = number;
        const held = new Set(ids);
        const isMissing = (id: string): boolean => !isAlone && !held.has(id);
        return work({ number, missing: (wanted) => [...new Set(wanted)].filter(isMissing) });
      });
      ownNumbers.push(own);
      if (ownNumbers.length > maxOwnNumbers) ownNumbers.shift();
      return result;
    },
  };
}
