/** Who work is charged to: a share (a project, or a key that names none), and a key within it. */
export interface Owner {
  readonly share: string;
  readonly key: string;
}

export interface FairQueueLimits {
  /** Tickets that run at once. */
  readonly running: number;
  /** Tickets of one share that run at once; 1 once it is ahead of others. */
  readonly runningOfShare: number;
  readonly waitingOfKey: number;
  readonly waitingOfShare: number;
  readonly waiting: number;
}

/** Something that waits or runs. */
export interface Ticket<T> {
  readonly owner: Owner;
  readonly item: T;
  /** Monotonic milliseconds at which it began to run; null while it waits. */
  startedMs: number | null;
}

/** What became of a ticket that was added. */
export type Added<T> =
  /** `evicted` lost its place: the newest of the share in which most wait. */
  | { readonly kind: 'added'; readonly ticket: Ticket<T>; readonly evicted: Ticket<T> | null }
  /** Which limit it would exceed. */
  | { readonly kind: 'refused'; readonly by: 'key' | 'share' | 'all' };

interface Line<T> {
  readonly waiting: Ticket<T>[];
  usedMs: number;
}

interface Share<T> {
  readonly lines: Map<string, Line<T>>;
  readonly running: Set<Ticket<T>>;
  waitingCount: number;
  /** Time charged in all; see `#reactivate`. */
  usedMs: number;
  /** Time charged recently, as of `recentAtMs`: halves every {@link halfLifeMs}. */
  recentMs: number;
  recentAtMs: number;
  activeMs: number;
}

/** The active share that used least recently, and what the next one used. */
interface LowestUsage {
  readonly name: string | null;
  readonly ms: number;
  readonly nextMs: number;
}

/** Half-life of recorded usage. */
const halfLifeMs = 5_000;
/** A share counts as active so long after its last ticket: one that asks now and then is to find room each time. */
const activeForMs = 5_000;
/** Between two requests of somebody who sends one after another. */
const presentForMs = 1_000;
/** A share is ahead when it recently used so many times as much as another active one, and so much more at least. */
const aheadFactor = 2;
const aheadMs = 200;
/** How often inactive shares are evicted. */
const sweepMs = 1_000;

/**
 * Decides what runs next: the share that used least, in it the key that used least, in it the oldest ticket.
 *
 * Pure: it knows neither clock nor promises. No ticket starves, because each is behind finitely much use of others;
 * nothing waits while a place is free that it may take.
 */
export class FairQueue<T> {
  readonly #limits: FairQueueLimits;
  readonly #shares = new Map<string, Share<T>>();
  /** Use of the share that began last: what a share that comes back starts from, so that idling earns no credit. */
  #floorMs = 0;
  #waiting = 0;
  #running = 0;
  #sweptMs = Number.NEGATIVE_INFINITY;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  add(owner: Owner, item: T, nowMs: number): Added<T> {
    const share = this.#shareOf(owner.share, nowMs);
    const waitingOfKey = share.lines.get(owner.key)?.waiting.length ?? 0;
    const isFull = this.#waiting >= this.#limits.waiting;
    if (waitingOfKey >= this.#limits.waitingOfKey) return { kind: 'refused', by: 'key' };
    if (share.waitingCount >= this.#limits.waitingOfShare) return { kind: 'refused', by: 'share' };
    const evicted = isFull ? this.#evictFor(share) : null;
    if (isFull && evicted === null) return { kind: 'refused', by: 'all' };
    this.#reactivate(share);
    const line = share.lines.get(owner.key) ?? { waiting: [], usedMs: this.#leastUsedKey(share) };
    share.lines.set(owner.key, line);
    const ticket = { owner, item, startedMs: null };
    line.waiting.push(ticket);
    this.#count(share, 1);
    return { kind: 'added', ticket, evicted };
  }

  /** Takes back a ticket that waits; false when it does not. */
  remove(ticket: Ticket<T>): boolean {
    const share = this.#shares.get(ticket.owner.share);
    const line = share?.lines.get(ticket.owner.key);
    const index = line?.waiting.indexOf(ticket) ?? -1;
    if (!share || !line || index < 0) return false;
    line.waiting.splice(index, 1);
    this.#count(share, -1);
    return true;
  }

  /** The ticket that is to run now; null when none may. */
  next(nowMs: number): Ticket<T> | null {
    if (this.#waiting === 0 || this.#running >= this.#limits.running) return null;
    const lowest = this.#lowestUsage(nowMs);
    const share = least(
      [...this.#shares].flatMap(([name, each]) =>
        each.waitingCount > 0 && each.running.size < this.#capOf(name, lowest, nowMs) ? [each] : [],
      ),
      (each) => chargedMs(each, nowMs),
    );
    const line =
      share &&
      least(
        [...share.lines.values()].filter(({ waiting }) => waiting.length > 0),
        ({ usedMs }) => usedMs,
      );
    const ticket = line?.waiting.shift();
    if (!share || !ticket) return null;
    this.#count(share, -1);
    this.#floorMs = Math.max(this.#floorMs, share.usedMs);
    ticket.startedMs = nowMs;
    share.running.add(ticket);
    share.activeMs = nowMs;
    this.#running += 1;
    return ticket;
  }

  /** The ticket has run; its share and key are charged for the time. */
  finish(ticket: Ticket<T>, nowMs: number): void {
    const share = this.#shares.get(ticket.owner.share);
    if (!share?.running.delete(ticket)) return;
    this.#running -= 1;
    const usedMs = Math.max(0, nowMs - (ticket.startedMs ?? nowMs));
    share.usedMs += usedMs;
    share.recentMs = recentMs(share, nowMs) + usedMs;
    share.recentAtMs = nowMs;
    share.activeMs = nowMs;
    const line = share.lines.get(ticket.owner.key);
    if (line) line.usedMs += usedMs;
    if (share.running.size + share.waitingCount === 0) share.lines.clear();
  }

  /** Whether the share recently used much more than another one that is active. */
  isAhead(name: string, nowMs: number): boolean {
    return this.#isAhead(name, this.#lowestUsage(nowMs), nowMs);
  }

  /** Whether another share waits or runs, or did a moment ago. */
  hasOthers(name: string, nowMs: number): boolean {
    for (const [other, share] of this.#shares)
      if (other !== name && isActive(share, nowMs, presentForMs)) return true;
    return false;
  }

  /** How many of the share wait or run. */
  countOf(name: string): number {
    const share = this.#shares.get(name);
    return share ? share.waitingCount + share.running.size : 0;
  }

  #isAhead(name: string, lowest: LowestUsage, nowMs: number): boolean {
    const share = this.#shares.get(name);
    if (!share) return false;
    const ownMs = usageMs(share, nowMs);
    const otherMs = lowest.name === name ? lowest.nextMs : lowest.ms;
    return ownMs > aheadFactor * otherMs && ownMs > otherMs + aheadMs;
  }

  #capOf(name: string, lowest: LowestUsage, nowMs: number): number {
    return this.#isAhead(name, lowest, nowMs) ? 1 : this.#limits.runningOfShare;
  }

  #lowestUsage(nowMs: number): LowestUsage {
    let lowest: LowestUsage = { name: null, ms: Infinity, nextMs: Infinity };
    for (const [name, share] of this.#shares) {
      if (!isActive(share, nowMs)) continue;
      const ms = usageMs(share, nowMs);
      if (ms < lowest.ms) lowest = { name, ms, nextMs: lowest.ms };
      else if (ms < lowest.nextMs) lowest = { ...lowest, nextMs: ms };
    }
    return lowest;
  }

  #shareOf(name: string, nowMs: number): Share<T> {
    if (nowMs - this.#sweptMs >= sweepMs) this.#forgetIdle(nowMs);
    const known = this.#shares.get(name);
    if (known) return known;
    const share = {
      lines: new Map<string, Line<T>>(),
      running: new Set<Ticket<T>>(),
      waitingCount: 0,
      usedMs: 0,
      recentMs: 0,
      recentAtMs: nowMs,
      activeMs: nowMs,
    };
    this.#shares.set(name, share);
    return share;
  }

  #forgetIdle(nowMs: number): void {
    this.#sweptMs = nowMs;
    for (const [name, share] of this.#shares)
      if (!isActive(share, nowMs)) this.#shares.delete(name);
  }

  /** Idling earns no credit: a share that comes back is charged as much as the one that began last. */
  #reactivate(share: Share<T>): void {
    if (share.running.size + share.waitingCount > 0) return;
    share.usedMs = Math.max(share.usedMs, this.#floorMs);
  }

  /** What a key that is new in the share starts from. */
  #leastUsedKey({ lines }: Share<T>): number {
    return lines.size === 0 ? 0 : Math.min(...[...lines.values()].map(({ usedMs }) => usedMs));
  }

  /** Makes room for a share at the cost of the one in which most wait; null when that is no other one. */
  #evictFor(share: Share<T>): Ticket<T> | null {
    const longest = least([...this.#shares.values()], ({ waitingCount }) => -waitingCount);
    if (!longest || longest.waitingCount <= share.waitingCount + 1) return null;
    const line = least([...longest.lines.values()], ({ waiting }) => -waiting.length);
    const evicted = line?.waiting.pop() ?? null;
    if (evicted) this.#count(longest, -1);
    return evicted;
  }

  #count(share: Share<T>, by: 1 | -1): void {
    share.waitingCount += by;
    this.#waiting += by;
  }
}

const runningMs = (share: Share<unknown>, nowMs: number): number => {
  let sum = 0;
  for (const { startedMs } of share.running) sum += nowMs - (startedMs ?? nowMs);
  return sum;
};

/** What is charged, and what will be for what runs. */
const chargedMs = (share: Share<unknown>, nowMs: number): number =>
  share.usedMs + runningMs(share, nowMs);

const recentMs = (share: Share<unknown>, nowMs: number): number =>
  share.recentMs * 2 ** ((share.recentAtMs - nowMs) / halfLifeMs);

const usageMs = (share: Share<unknown>, nowMs: number): number =>
  recentMs(share, nowMs) + runningMs(share, nowMs);

const isActive = (share: Share<unknown>, nowMs: number, forMs = activeForMs): boolean =>
  share.running.size + share.waitingCount > 0 || nowMs - share.activeMs < forMs;

/** The first of those for which the number is lowest. */
function least<Each>(list: readonly Each[], numberOf: (each: Each) => number): Each | undefined {
  let found: Each | undefined;
  let lowest = Infinity;
  for (const each of list) {
    const number = numberOf(each);
    if (found !== undefined && number >= lowest) continue;
    found = each;
    lowest = number;
  }
  return found;
}
