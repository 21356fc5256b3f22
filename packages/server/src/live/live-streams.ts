import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { Problem } from '../domain/problem.ts';
import { Reply } from '../calls/reply.ts';
import { EventStream } from './event-stream.ts';
import { findOver } from './stream-credentials.ts';
import type { CredentialSources, StreamCredentials } from './stream-credentials.ts';
import { findStreamRefusal } from './stream-limits.ts';
import type { StreamHolder, StreamRefusal } from './stream-limits.ts';

const beatMs = 15_000;
/** How soon the streams end of a key that was revoked or has expired, or of a sign-in that is over. */
const checkMs = 750;
/** Feeds a stream until the returned function is called. */
export type Feed = (stream: EventStream) => () => void;

/** Whose stream it is, and what ends it. */
export interface StreamLimits extends StreamCredentials {
  readonly gone: AbortSignal;
  readonly forMs: number | null;
  readonly projectId: string;
}

/** All streams of server-sent events. */
export interface LiveStreams {
  /**
   * Answers with a stream that lasts until the reader disconnects, its key or sign-in is no longer valid, or the
   * service stops.
   *
   * @param limits `gone` aborts when the reader disconnects; `forMs` ends the stream after so long
   * @throws {Problem} `rate_limited` when the key or project has too many, `unavailable` when there are too many in all
   */
  open(limits: StreamLimits, feed: Feed): Reply<Readable>;
  /** Ends the streams that were opened with a sign-in that is over. */
  endSignIn(token: string): void;
  count(): number;
  /** Ends all of them; no more are opened. */
  close(): void;
}

export interface LiveStreamsDeps extends CredentialSources {
  readonly clock: Clock;
  readonly onRefused: (by: StreamRefusal['by']) => void;
}

interface OpenStream extends StreamHolder, StreamCredentials {
  readonly stop: () => void;
}

export const createLiveStreams = (deps: LiveStreamsDeps): LiveStreams => new OpenStreams(deps);

class OpenStreams implements LiveStreams {
  readonly #deps: LiveStreamsDeps;
  readonly #open = new Map<EventStream, OpenStream>();
  readonly #stopChecks: () => void;
  #isClosed = false;

  constructor(deps: LiveStreamsDeps) {
    this.#deps = deps;
    // While keys and sign-ins cannot be read, none is known to have ended.
    this.#stopChecks = deps.clock.every(checkMs, () => void this.#endOver().catch(() => undefined));
  }

  open({ gone, forMs, keyId, signInToken, projectId }: StreamLimits, feed: Feed): Reply<Readable> {
    const holder = { key: signInToken ?? keyId, projectId };
    this.#requirePlace(holder);
    const { clock } = this.#deps;
    const stream = new EventStream();
    stream.send('listening', { time: clock.now() });
    const stopBeat = clock.every(beatMs, () => stream.beat());
    const stopFeed = feed(stream);
    this.#open.set(stream, {
      ...holder,
      keyId,
      signInToken,
      stop() {
        stopBeat();
        stopFeed();
      },
    });
    gone.addEventListener('abort', () => this.#stop(stream), { once: true });
    if (forMs !== null) void clock.sleep(forMs).then(() => this.#stop(stream));
    return new Reply(stream.body, streamHeaders);
  }

  endSignIn(token: string): void {
    this.#stopThose(({ signInToken }) => signInToken === token);
  }

  count(): number {
    return this.#open.size;
  }

  close(): void {
    this.#isClosed = true;
    this.#stopChecks();
    this.#stopThose(() => true);
  }

  async #endOver(): Promise<void> {
    if (this.#open.size === 0) return;
    this.#stopThose(await findOver([...this.#open.values()], this.#deps));
  }

  #requirePlace(holder: StreamHolder): void {
    if (this.#isClosed) throw new Problem('unavailable', 'The service is shutting down.');
    const refusal = findStreamRefusal([...this.#open.values()], holder);
    if (refusal === null) return;
    this.#deps.onRefused(refusal.by);
    throw refusal.problem;
  }

  #stop(stream: EventStream): void {
    this.#open.get(stream)?.stop();
    this.#open.delete(stream);
    stream.end();
  }

  #stopThose(isOver: (stream: OpenStream) => boolean): void {
    for (const [stream, each] of this.#open) if (isOver(each)) this.#stop(stream);
  }
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // For nginx, which would hold the events back.
  'x-accel-buffering': 'no',
};
