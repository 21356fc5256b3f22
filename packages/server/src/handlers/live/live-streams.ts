import type { Clock } from '../../clock.ts';
import { Problem } from '../../domain/problem.ts';
import { Reply } from '../reply.ts';
import { EventStream } from './event-stream.ts';

const beatMs = 15_000;
/** Each costs a query a tick while something comes in. */
const maxStreams = 200;

/** Feeds a stream until the returned function is called. */
export type Feed = (stream: EventStream) => () => void;

/** All streams of server-sent events. */
export interface LiveStreams {
  /**
   * Answers with a stream that lasts until the reader goes away or the service stops.
   *
   * @param limits `gone` aborts when the reader went away; `forMs` ends the stream after so long
   * @throws {Problem} `unavailable` when there are too many
   */
  open(limits: { gone: AbortSignal; forMs: number | null }, feed: Feed): Reply;
  /** Ends all of them; no more are opened. */
  close(): void;
}

export function createLiveStreams(clock: Clock): LiveStreams {
  const open = new Map<EventStream, () => void>();
  let isClosed = false;
  const stop = (stream: EventStream): void => {
    open.get(stream)?.();
    open.delete(stream);
    stream.end();
  };
  return {
    open({ gone, forMs }, feed) {
      if (isClosed || open.size >= maxStreams) {
        const why = isClosed ? 'The service is shutting down.' : 'Too many streams are open.';
        throw new Problem('unavailable', why, { retryAfter: 5 });
      }
      const stream = new EventStream();
      stream.send('listening', { time: clock.now() });
      const stopBeat = clock.every(beatMs, () => stream.beat());
      const stopFeed = feed(stream);
      open.set(stream, () => {
        stopBeat();
        stopFeed();
      });
      gone.addEventListener('abort', () => stop(stream), { once: true });
      if (forMs !== null) void clock.sleep(forMs).then(() => stop(stream));
      return new Reply(stream.body, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // For nginx, which would hold the events back.
        'x-accel-buffering': 'no',
      });
    },
    close() {
      isClosed = true;
      for (const stream of open.keys()) stop(stream);
    },
  };
}
