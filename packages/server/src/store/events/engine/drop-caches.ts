import type { EventEngine } from './engine.ts';

/** What the engine keeps of what it read, in order of size. */
const caches = [
  'UNCOMPRESSED CACHE',
  'MARK CACHE',
  'PRIMARY INDEX CACHE',
  'INDEX MARK CACHE',
  'INDEX UNCOMPRESSED CACHE',
  'QUERY CONDITION CACHE',
  'COMPILED EXPRESSION CACHE',
];

/** Drops them all, and returns their pages to the system. */
export async function dropCaches(engine: Pick<EventEngine, 'command'>): Promise<void> {
  for (const cache of caches) await engine.command({ sql: `SYSTEM DROP ${cache}` });
  await engine.command({ sql: 'SYSTEM JEMALLOC PURGE' });
}
