import { EventType, HoneyHive } from '../index.ts';
import type { HoneyHiveOptions } from '../index.ts';

export const testKey = 'hh_abcdefghijkl_0123456789abcdefghijklmnopqrstuv';

export const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An address of this machine where nothing listens. */
export const nowhere = 'http://127.0.0.1:9';

/** A client that waits next to nothing between its attempts. */
export const connect = (baseUrl: string, options: HoneyHiveOptions = {}): HoneyHive =>
  new HoneyHive({ apiKey: testKey, baseUrl, retryBackoffFactor: 0.001, ...options });

/** What the work rejects with; undefined when it does not. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** The least that an event can be. */
export const eventInput = {
  session_id: 's',
  event_type: EventType.tool,
  event_name: 'search',
} as const;

/** An event as a service lists it. */
export const storedEvent = (id: string, startTime = 0) => ({
  event_id: id,
  session_id: id,
  event_name: id,
  start_time: startTime,
});
