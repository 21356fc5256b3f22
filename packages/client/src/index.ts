export { AsyncHoneyHive, HoneyHive, HoneyHiveSync } from './honeyhive.ts';
export type { HoneyHiveOptions } from './options/options.ts';
export * from './public.ts';
export type { LoggedEvent } from './sync/blocking-methods.ts';
export type { SyncList } from './sync/sync-list.ts';
