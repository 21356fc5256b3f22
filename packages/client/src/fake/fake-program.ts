/** What a fake does with one call, once it has been checked. */
export type FakeStep =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly error: Error };

interface Planned {
  readonly step: FakeStep;
  /** Infinity for every call from now on. */
  left: number;
}

/** What to do with the next calls, method by method. */
export interface FakeProgram {
  /** @param times calls that it is for; without it, all calls that no counted step is left for */
  add(method: string, step: FakeStep, times?: number): void;
  /** The step for the next call; null when none is planned. */
  take(method: string): FakeStep | null;
  clear(): void;
}

export function createFakeProgram(): FakeProgram {
  const plans = new Map<string, Planned[]>();
  return {
    add(method, step, times = Infinity) {
      const before = plans.get(method) ?? [];
      const counted = before.filter(({ left }) => left !== Infinity);
      const lasting = before.filter(({ left }) => left === Infinity);
      const planned = { step, left: times };
      plans.set(
        method,
        times === Infinity ? [...counted, planned] : [...counted, planned, ...lasting],
      );
    },
    take(method) {
      const [next, ...rest] = plans.get(method) ?? [];
      if (next === undefined) return null;
      next.left -= 1;
      if (next.left <= 0) plans.set(method, rest);
      return next.step;
    },
    clear: () => plans.clear(),
  };
}
