import type { DeliveryStats } from '../delivery/outcome.ts';
import type { Receipt } from '../delivery/receipt.ts';
import type { ListSource } from '../methods/list.ts';
import type { HoneyHiveOptions } from '../options/options.ts';
import type { BlockingMethods } from './blocking-methods.ts';
import type { Answer, Ask, Crash, Reply, Tell } from './messages.ts';
import type { Setup } from './setup.ts';

// Both ends of the line between the threads are of this package, and of one version: what comes over it is what was
// sent.

/** What the worker sends. */
export const assumeMessage = (message: unknown): Reply | Crash | Ask | Tell =>
  message as Reply | Crash | Ask | Tell;

/** What the caller answers. */
export const assumeAnswer = (message: unknown): Answer => message as Answer;

/** What the worker is started with. */
export const assumeSetup = (workerData: unknown): Setup => workerData as Setup;

/** Options that the caller's thread has checked. */
export const assumeGivenOptions = (options: unknown): HoneyHiveOptions | undefined =>
  options as HoneyHiveOptions | undefined;

/** The cursor comes from the source of the same method. */
export const assumeSource = (source: unknown): ListSource<unknown, unknown, unknown> =>
  source as ListSource<unknown, unknown, unknown>;

/** The class has every method of the table. */
export const assumeBlocking = <Parameters extends unknown[]>(
  caller: new (...parameters: Parameters) => object,
): new (...parameters: Parameters) => BlockingMethods =>
  caller as new (...parameters: Parameters) => BlockingMethods;

/** Lists come as arrays. */
export const assumeArray = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What `stats` returns; `flush` returns a part of it. */
export const assumeStats = (value: unknown): DeliveryStats => value as DeliveryStats;

/** Both methods that log return one. */
export const assumeReceipt = (value: unknown): Receipt => value as Receipt;
