import type { ReferenceKind } from './reference-items.mjs';

/** An item of the client API reference, and the files that hold a test of its name. */
export interface SeedTests {
  readonly kind: ReferenceKind;
  readonly reference: string;
  readonly ours: string;
  readonly files: readonly string[];
}

/** @param root the repository */
export declare function findReferenceTests(root: string): SeedTests[];
