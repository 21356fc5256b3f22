import type { Clock } from '../../clock.ts';
import { isGoodKey } from '../../domain/good-key.ts';
import type { MetadataStore } from '../../domain/metadata-store.ts';
import { Problem } from '../../domain/problem.ts';
import { Reply } from '../reply.ts';
import { EventStream } from './event-stream.ts';

const beatMs = 15_000;
/** How soon the streams of a key end that was revoked or has expired. */
const keyCheckMs = 1_000;
/** Each costs a query a tick while something comes in. */
const maxStreams = 200;

/** Feeds a stream until the returned function is called. */
export type Feed = (stream: EventStream) => () => void;

/** What ends a stream. */
export interface StreamLimits {
  readonly gone: AbortSignal;
  readonly forMs: number | null;
  /** Key that it was opened with, or signed in with. */
  readonly keyId: string;
}

/** All streams of server-sent events. */
export interface LiveStreams {
  /**
   * Answers with a stream that lasts until the reader goes away, its key is no longer good or the service stops.
   *
   * @param limits `gone` aborts when the reader went away; `forMs` ends the stream after so long
   * @throws {Problem} `unavailable` when there are too many
   */
  open(limits: StreamLimits, feed: Feed): Reply;
  /** Ends all of them; no more are opened. */
  close(): void;
}

export function createLiveStreams(
  clock: Clock,
  metadata: Pick<MetadataStore, 'listKeys'>,
): LiveStreams {
  const open = new Map<EventStream, { readonly keyId: string; readonly stop: () => void }>();
  let isClosed = false;
  const stop = (stream: EventStream): void => {
    open.get(stream)?.stop();
    open.delete(stream);
    stream.end();
  };
  const endOfBadKeys = async (): Promise<void> => {
    if (open.size === 0) return;
    const keys = await metadata.listKeys();
    const good = new Set(keys.filter((key) => isGoodKey(key, clock.now())).map(({ id }) => id));
    for (const [stream, { keyId }] of open) if (!good.has(keyId)) stop(stream);
  };
  // While the keys cannot be read, none is known to have ended.
  const stopChecks = clock.every(keyCheckMs, () => void endOfBadKeys().catch(() => undefined));
  return {
    open({ gone, forMs, keyId }, feed) {
      if (isClosed || open.size >= maxStreams) {
        const why = isClosed ? 'The service is shutting down.' : 'Too many streams are open.';
        throw new Problem('unavailable', why, { retryAfter: 5 });
      }
      const stream = new EventStream();
      stream.send('listening', { time: clock.now() });
      const stopBeat = clock.every(beatMs, () => stream.beat());
      const stopFeed = feed(stream);
      open.set(stream, {
        keyId,
        stop() {
          stopBeat();
          stopFeed();
        },
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
      stopChecks();
      for (const stream of open.keys()) stop(stream);
    },
  };
}
