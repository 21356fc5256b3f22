// `honeyhive/sync`: the client whose calls block. Its own entry, so that nobody else loads it.
export { HoneyHiveSync } from './honeyhive-sync.ts';
export { AsyncHoneyHive, HoneyHive } from './honeyhive.ts';
export type { HoneyHiveOptions } from './options/options.ts';
export * from './public.ts';
export type { LoggedEvent } from './sync/blocking-methods.ts';
export type { SyncList } from './sync/sync-list.ts';
