import type { SeedKind } from './seed-items.mjs';

/** An item of the seed, and the files that hold a test of its name. */
export interface SeedTests {
  readonly kind: SeedKind;
  readonly seed: string;
  readonly ours: string;
  readonly files: readonly string[];
}

/** @param root the repository */
export declare function findSeedTests(root: string): SeedTests[];
