/** How fast a bucket fills, and how much it holds. */
export interface BucketSize {
  readonly perSecond: number;
  /** Also how much it holds at the beginning. */
  readonly capacity: number;
}

/** What is in a bucket; below 0 after something was taken that is larger than the bucket. */
export interface Bucket {
  readonly tokens: number;
  /** Monotonic milliseconds. */
  readonly atMs: number;
}

/** What a bucket holds now. */
export const tokensAt = (
  bucket: Bucket | undefined,
  { perSecond, capacity }: BucketSize,
  nowMs: number,
): number =>
  bucket === undefined
    ? capacity
    : Math.min(capacity, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond);

/**
 * Milliseconds until so much may be taken; 0 when it may be now. What is larger than the bucket may be taken when it is
 * full.
 */
export function waitFor(
  bucket: Bucket | undefined,
  size: BucketSize,
  { cost, nowMs }: { readonly cost: number; readonly nowMs: number },
): number {
  const missing = Math.min(cost, size.capacity) - tokensAt(bucket, size, nowMs);
  return missing <= 0 ? 0 : (missing / size.perSecond) * 1000;
}

/** The bucket after so much was taken, which {@link waitFor} allowed. */
export const takeFrom = (
  bucket: Bucket | undefined,
  size: BucketSize,
  { cost, nowMs }: { readonly cost: number; readonly nowMs: number },
): Bucket => ({ tokens: tokensAt(bucket, size, nowMs) - cost, atMs: nowMs });
