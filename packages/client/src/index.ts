export { AsyncHoneyHive, HoneyHive } from './honeyhive.ts';
export type { HoneyHiveOptions } from './options/options.ts';
export * from './public.ts';
