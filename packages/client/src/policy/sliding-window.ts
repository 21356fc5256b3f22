/** At most so many calls in any span of time of this length. */
export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

/** When the last calls began, and so when the next ones may. */
export interface SlidingWindow {
  /** Milliseconds until a call may begin that has `ahead` others before it; 0 when it may now. */
  waitMs(nowMs: number, ahead: number): number;
  /** Counts a call that begins now. */
  admit(nowMs: number): void;
}

/**
 * Records the start of the last `calls` calls. Exact, unlike fixed windows or a token bucket, which let twice as many
 * through around an edge.
 */
export function createSlidingWindow({ calls, windowMs }: RateLimit): SlidingWindow {
  // A ring once it is full; `oldest` is where it begins.
  const beganAt: number[] = [];
  let oldest = 0;
  return {
    waitMs(nowMs, ahead) {
      const place = beganAt.length + ahead;
      if (place < calls) return 0;
      // The call that has to be a window ago is the one `calls` places before.
      const began = beganAt[(oldest + place - calls) % calls] ?? nowMs;
      const rounds = Math.floor((place - calls) / calls) + 1;
      return Math.max(0, began + rounds * windowMs - nowMs);
    },
    admit(nowMs) {
      if (beganAt.length < calls) {
        beganAt.push(nowMs);
        return;
      }
      beganAt[oldest] = nowMs;
      oldest = (oldest + 1) % calls;
    },
  };
}
