// `honeyhive/fetch`: the client where there is no Node.js. Nothing in here may lead to a Node.js module or to undici.
export { AsyncHoneyHive, HoneyHive } from './fetch-client.ts';
export { RequestClient } from './request-client.ts';
export type { FetchOptions as HoneyHiveOptions } from './fetch-options.ts';
export type { Fetch } from './transport/fetch.ts';
export * from './public.ts';
