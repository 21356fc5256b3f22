import { Problem } from '../../domain/problem.ts';

/** What the body of one request holds of the budget. */
export interface BodyHold {
  /** From now on it counts for that key as well. */
  own(keyId: string): void;
  /**
   * Holds more.
   *
   * @throws {Problem} `unavailable` when bodies take too much in all, `rate_limited` when those of the key do
   */
  grow(bytes: number): void;
  /** Gives everything back. May be called more than once. */
  release(): void;
}

/**
 * Bounds what the bodies of all requests take in memory: received, decompressed and parsed, until they are answered.
 */
export interface BodyBudget {
  open(): BodyHold;
  stats(): { readonly bytes: number; readonly maxBytes: number };
}

export interface BodyBudgetOptions {
  readonly maxBytes: number;
  /** For the bodies of one key. */
  readonly maxKeyBytes: number;
}

export function createBodyBudget({ maxBytes, maxKeyBytes }: BodyBudgetOptions): BodyBudget {
  let total = 0;
  const byKey = new Map<string, number>();
  const addTo = (keyId: string, bytes: number): void => {
    const left = (byKey.get(keyId) ?? 0) + bytes;
    if (left === 0) byKey.delete(keyId);
    else byKey.set(keyId, left);
  };
  return {
    stats: () => ({ bytes: total, maxBytes }),
    open() {
      let held = 0;
      let owner = '';
      const add = (bytes: number): void => {
        held += bytes;
        total += bytes;
        addTo(owner, bytes);
      };
      return {
        own(keyId) {
          addTo(owner, -held);
          owner = keyId;
          addTo(owner, held);
        },
        grow(bytes) {
          if (total + bytes > maxBytes) throw full(maxBytes);
          if ((byKey.get(owner) ?? 0) + bytes > maxKeyBytes) throw keyFull(maxKeyBytes);
          add(bytes);
        },
        release: () => add(-held),
      };
    },
  };
}

function full(maxBytes: number): Problem {
  const message = `the bodies of all requests take more than ${maxBytes} bytes of memory`;
  return new Problem('unavailable', `body: ${message}; try again.`, {
    issues: [{ field: 'body', message }],
  });
}

function keyFull(maxBytes: number): Problem {
  const message = `the bodies of this key's requests take more than ${maxBytes} bytes of memory`;
  return new Problem('rate_limited', `body: ${message}; send fewer of them at a time.`, {
    issues: [{ field: 'body', message }],
  });
}
