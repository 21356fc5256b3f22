import type { Clock } from '../clock.ts';
import { QueryTooExpensive } from '../domain/event-store.ts';
import { Problem } from '../domain/problem.ts';
import type { ReadTurn } from '../domain/read-turn.ts';
import { FairQueue } from './fair-queue.ts';
import type { FairQueueLimits, Owner, Ticket } from './fair-queue.ts';

/** Why a request that reads was refused. */
export type RefusedBy = 'key' | 'project' | 'all' | 'wait';

export interface ReadGateOptions {
  readonly clock: Pick<Clock, 'monotonicMs' | 'withLimit'>;
  readonly limits: FairQueueLimits;
  /** Longest wait, milliseconds. */
  readonly maxWaitMs: number;
  /** Longest time for all queries of a request, milliseconds. */
  readonly timeoutMs: number;
  readonly onRefused: (by: RefusedBy) => void;
  /** Called when a read starts to run. */
  readonly onStarted: (waitedMs: number) => void;
}

/** Lets requests that read wait for their turn, so that each project and each key gets its share. */
export interface ReadGate {
  /**
   * Runs the work when it is its turn.
   *
   * @param gone aborts when nobody waits for the result any more
   * @throws {Problem} `rate_limited` when too many of the key or project wait, `unavailable` when all places are taken
   * @throws {QueryTooExpensive} the work took too long
   */
  run<Result>(
    owner: Reader,
    gone: AbortSignal,
    work: (turn: ReadTurn) => Promise<Result>,
  ): Promise<Result>;
  /** Whether anybody but this project reads at present. */
  hasOthers(share: string): boolean;
  stats(): ReadStats;
}

export interface ReadStats {
  readonly waiting: number;
  readonly running: number;
  /** Reads of requests that run: those in the background are not counted. */
  readonly runningOfRequests: number;
  /** Reads of requests, since the start. */
  readonly startedOfRequests: number;
}

/** Whose read it is, and whether somebody waits for it. */
export type Reader = Owner & { readonly isBackground?: boolean };

interface Waiter {
  readonly start: () => void;
  readonly refuse: (error: unknown) => void;
}

type WaitingTicket = Ticket<Waiter>;

export const createReadGate = (options: ReadGateOptions): ReadGate => new FairGate(options);

class FairGate implements ReadGate {
  readonly #options: ReadGateOptions;
  readonly #queue: FairQueue<Waiter>;
  #started = 0;
  #running = 0;

  constructor(options: ReadGateOptions) {
    this.#options = options;
    this.#queue = new FairQueue(options.limits);
  }

  async run<Result>(
    owner: Reader,
    gone: AbortSignal,
    work: (turn: ReadTurn) => Promise<Result>,
  ): Promise<Result> {
    gone.throwIfAborted();
    const sinceMs = this.#now();
    const ticket = await this.#enter(owner, gone);
    const counted = owner.isBackground === true ? 0 : 1;
    this.#started += counted;
    this.#running += counted;
    this.#options.onStarted(this.#now() - sinceMs);
    try {
      return await this.#work(ticket, gone, work);
    } finally {
      this.#running -= counted;
    }
  }

  hasOthers(share: string): boolean {
    return this.#queue.hasOthers(share, this.#now());
  }

  stats(): ReadStats {
    const { waiting, running } = this.#queue;
    return {
      waiting,
      running,
      runningOfRequests: this.#running,
      startedOfRequests: this.#started,
    };
  }

  #now(): number {
    return this.#options.clock.monotonicMs();
  }

  async #enter(owner: Owner, gone: AbortSignal): Promise<WaitingTicket> {
    let waiter: Waiter | undefined;
    const started = new Promise<void>((start, refuse) => {
      waiter = { start, refuse };
    });
    if (!waiter) throw new Error('a promise runs what makes it at once');
    const added = this.#queue.add(owner, waiter, this.#now());
    if (added.kind === 'refused') throw this.#refusal(added.by === 'share' ? 'project' : added.by);
    const { ticket } = added;
    added.evicted?.item.refuse(this.#refusal('project'));
    this.#pump();
    if (ticket.startedMs === null) await this.#wait(ticket, started, gone);
    return ticket;
  }

  async #wait(ticket: WaitingTicket, started: Promise<void>, gone: AbortSignal): Promise<void> {
    const { clock, maxWaitMs } = this.#options;
    const onGone = (): void => ticket.item.refuse(gone.reason);
    gone.addEventListener('abort', onGone, { once: true });
    try {
      await clock.withLimit(maxWaitMs, started, () => this.#tooLong(ticket.owner));
    } catch (error) {
      // It may have begun in the instant in which the wait ended.
      if (!this.#queue.remove(ticket)) this.#finish(ticket);
      throw error;
    } finally {
      gone.removeEventListener('abort', onGone);
    }
  }

  /** The place is free again when the work has ended, also where its result came too late for anybody. */
  async #work<Result>(
    ticket: WaitingTicket,
    gone: AbortSignal,
    work: (turn: ReadTurn) => Promise<Result>,
  ): Promise<Result> {
    const { clock, timeoutMs } = this.#options;
    const controller = new AbortController();
    const onGone = (): void => controller.abort(gone.reason);
    gone.addEventListener('abort', onGone, { once: true });
    const untilMs = this.#now() + timeoutMs;
    const { share } = ticket.owner;
    const running = work({
      share,
      signal: controller.signal,
      leftMs: () => Math.max(0, untilMs - this.#now()),
      isAhead: () => this.#queue.isAhead(share, this.#now()),
    }).finally(() => {
      gone.removeEventListener('abort', onGone);
      this.#finish(ticket);
    });
    return clock.withLimit(timeoutMs, running, () => {
      const error = new QueryTooExpensive(
        `The queries of the request took longer than ${timeoutMs} ms in all.`,
      );
      controller.abort(error);
      return error;
    });
  }

  #finish(ticket: WaitingTicket): void {
    this.#queue.finish(ticket, this.#now());
    this.#pump();
  }

  #pump(): void {
    for (let ticket = this.#next(); ticket !== null; ticket = this.#next()) ticket.item.start();
  }

  #next(): WaitingTicket | null {
    return this.#queue.next(this.#now());
  }

  /** A share that alone fills the places keeps itself waiting; else there are too many for all. */
  #tooLong({ share }: Owner): Problem {
    return this.#refusal(this.#queue.countOf(share) > 1 ? 'wait' : 'all');
  }

  #refusal(by: RefusedBy): Problem {
    this.#options.onRefused(by);
    return toProblem(by, this.#options);
  }
}

const retryAfterSeconds = 1;

function toProblem(by: RefusedBy, { limits, maxWaitMs }: ReadGateOptions): Problem {
  const options = { retryAfter: retryAfterSeconds };
  switch (by) {
    case 'key':
      return new Problem(
        'rate_limited',
        `Too many requests of this key wait: at most ${limits.waitingOfKey} that read may.`,
        options,
      );
    case 'project':
      return new Problem(
        'rate_limited',
        `Too many requests for this project wait: at most ${limits.waitingOfShare} that read may, fewer while the service is full.`,
        options,
      );
    case 'wait':
      return new Problem(
        'rate_limited',
        `The request waited ${maxWaitMs} ms for others for the same project. Send fewer at once.`,
        options,
      );
    case 'all':
      return new Problem(
        'unavailable',
        'The service is busy: too many requests that read wait.',
        options,
      );
  }
}
