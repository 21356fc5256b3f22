import type { Clock } from '../clock.ts';
import { Problem } from '../domain/problem.ts';
import { takeFrom, tokensAt, waitFor } from './token-bucket.ts';
import type { Bucket, BucketSize } from './token-bucket.ts';

/** What is counted. */
export type Rated = 'requests' | 'events';

/** Whose limit it is. */
const owners = ['key', 'project', 'organisation'] as const;
export type RatedOwner = (typeof owners)[number];

/** Who takes: the ids of its key, its project and its organisation, as far as they count. */
export type Takers = { readonly [Name in RatedOwner]?: string | null };

export interface RateLimitsOptions {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Per second; 0: no limit. */
  readonly rates: Readonly<Record<Rated, Readonly<Record<RatedOwner, number>>>>;
  /** Servers that a balancer sends requests to: each lets its part of a rate pass. @default one */
  readonly serverCount?: () => number;
  readonly onRefused: (what: Rated, by: RatedOwner) => void;
}

export interface RateLimits {
  /** Whether there is any limit of it. */
  has(what: Rated, by: RatedOwner): boolean;
  /**
   * Takes from the buckets of all takers, or from none.
   *
   * @returns headers that tell how much is left; none where there is no limit
   * @throws {Problem} `rate_limited` when one of them holds too little
   */
  take(what: Rated, takers: Takers, cost: number): Readonly<Record<string, string>>;
}

/** A bucket holds what comes in so many seconds: so much may be used at once. */
export const burstSeconds = 10;
/** Full buckets are as good as none. */
const maxBuckets = 10_000;

interface Policy {
  readonly what: Rated;
  readonly by: RatedOwner;
  /** Of all servers. */
  readonly perSecond: number;
  readonly buckets: Map<string, Bucket>;
}

interface Taking {
  readonly policy: Policy;
  readonly id: string;
  /** Of this server. */
  readonly size: BucketSize;
  readonly servers: number;
}

export function createRateLimits({
  clock,
  rates,
  serverCount = () => 1,
  onRefused,
}: RateLimitsOptions): RateLimits {
  const policies = (['requests', 'events'] as const).flatMap((what) =>
    owners.flatMap((by): Policy[] => {
      const perSecond = rates[what][by];
      return perSecond === 0 ? [] : [{ what, by, perSecond, buckets: new Map<string, Bucket>() }];
    }),
  );
  return {
    has: (what, by) => rates[what][by] > 0,
    take(what, takers, cost) {
      const nowMs = clock.monotonicMs();
      const servers = serverCount();
      const takings = policies.flatMap((policy): Taking[] => {
        const id = policy.what === what ? takers[policy.by] : undefined;
        const perSecond = policy.perSecond / servers;
        const size = { perSecond, capacity: perSecond * burstSeconds };
        return id ? [{ policy, id, size, servers }] : [];
      });
      for (const taking of takings) {
        const waitMs = waitOf(taking, cost, nowMs);
        if (waitMs === 0) continue;
        onRefused(what, taking.policy.by);
        throw refusal(taking.policy, waitMs, toHeaders(takings, nowMs));
      }
      for (const taking of takings) take(taking, cost, nowMs);
      return toHeaders(takings, nowMs);
    },
  };
}

const waitOf = ({ policy, id, size }: Taking, cost: number, nowMs: number): number =>
  waitFor(policy.buckets.get(id), size, { cost, nowMs });

function take({ policy: { buckets }, id, size }: Taking, cost: number, nowMs: number): void {
  if (!buckets.has(id) && buckets.size >= maxBuckets) {
    for (const [other, bucket] of buckets)
      if (tokensAt(bucket, size, nowMs) >= size.capacity) buckets.delete(other);
  }
  buckets.set(id, takeFrom(buckets.get(id), size, { cost, nowMs }));
}

/** Of all servers, if the others are used as much as this one. Source: draft-ietf-httpapi-ratelimit-headers-10. */
function toHeaders(takings: readonly Taking[], nowMs: number): Record<string, string> {
  if (takings.length === 0) return {};
  const policies = takings.map(
    ({ policy: { what, by, perSecond } }) =>
      `"${what}-${by}";q=${perSecond * burstSeconds};w=${burstSeconds}`,
  );
  const left = takings.map(({ policy: { what, by, buckets }, id, size, servers }) => {
    const tokens = tokensAt(buckets.get(id), size, nowMs);
    const fullInSeconds = Math.ceil((size.capacity - tokens) / size.perSecond);
    return `"${what}-${by}";r=${Math.max(0, Math.floor(tokens * servers))};t=${fullInSeconds}`;
  });
  return { 'ratelimit-policy': policies.join(', '), ratelimit: left.join(', ') };
}

function refusal(
  { what, by, perSecond }: Policy,
  waitMs: number,
  headers: Readonly<Record<string, string>>,
): Problem {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  const message = `This ${by} may send ${perSecond} ${what} a second, and ${perSecond * burstSeconds} at once; try again in ${retryAfter} s.`;
  return new Problem('rate_limited', message, { retryAfter, headers });
}
