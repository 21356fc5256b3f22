import { hash } from 'node:crypto';
import { noOtherWrites } from '../domain/other-writes.ts';
import type { OtherWrites } from '../domain/other-writes.ts';

/** Bits for each id at the capacity: with seven probes, about 0.3 % of unknown ids look known. */
const bitsPerId = 12;
const probes = 7;
/** Bytes of a digest, as the store makes them too. */
const digestBytes = 8;

/** Places where ids may be that a request rules out one by one, at about 2 µs each; more are left to the store. */
export const maxProofs = 1000;

/**
 * Proves that an id was never stored, so that nobody has to look: a Bloom filter over the ids of the store.
 *
 * It may take an unknown id for a known one, never a known one for unknown. Beyond its capacity it errs more often
 * and costs look-ups, not correctness. About 1.5 bytes for each id of the capacity.
 */
export class SeenIds {
  readonly #words: Uint32Array;
  readonly #bitCount: number;
  /**
   * Resolves when ids that other servers stored before the call are in: what a client was answered by another server is
   * known from then on.
   */
  readonly catchUp: () => Promise<void>;
  #isComplete = false;

  constructor(capacity: number, others: Pick<OtherWrites, 'catchUp'> = noOtherWrites) {
    this.catchUp = others.catchUp;
    this.#bitCount = Math.ceil((capacity * bitsPerId) / 32) * 32;
    this.#words = new Uint32Array(this.#bitCount / 32);
  }

  /** False only when the id is certainly new; always true before {@link complete}. */
  mayHold(projectId: string, eventId: string): boolean {
    if (!this.#isComplete) return true;
    const digest = toDigest(projectId, eventId);
    let place = digest.readUInt32LE(0);
    const step = digest.readUInt32LE(4);
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = place % this.#bitCount;
      if (((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
      place += step;
    }
    return true;
  }

  add(projectId: string, eventId: string): void {
    this.addDigests(toDigest(projectId, eventId));
  }

  /** @param digests 8 bytes for each id, one after the other */
  addDigests(digests: Buffer): void {
    for (let offset = 0; offset + digestBytes <= digests.length; offset += digestBytes) {
      let place = digests.readUInt32LE(offset);
      const step = digests.readUInt32LE(offset + 4);
      for (let probe = 0; probe < probes; probe += 1) {
        const bit = place % this.#bitCount;
        this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
        place += step;
      }
    }
  }

  /** Ids may be missing: nothing is proved until they are in. */
  suspend(): void {
    this.#isComplete = false;
  }

  /** Every id of the store is in now: what is not found is new. */
  complete(): void {
    this.#isComplete = true;
  }
}

/** The first bytes of SHA-256 over both ids: what the store computes for its rows. */
function toDigest(projectId: string, eventId: string): Buffer {
  return hash('sha256', `${projectId}\n${eventId}`, 'buffer').subarray(0, digestBytes);
}
