import { HoneyHive } from 'honeyhive/fetch';
import { callEveryMethod } from '../every-method.ts';

/** What a page would do. */
export const run = (options: { apiKey: string; baseUrl: string }, mark: string) =>
  callEveryMethod(new HoneyHive(options), mark);
