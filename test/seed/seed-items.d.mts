/** What kind of thing an item is. */
export type SeedKind =
  | 'class'
  | 'method'
  | 'option'
  | 'exception'
  | 'attribute'
  | 'variable'
  | 'example';

/** Each item: its kind, its name in the seed, its name here. */
export declare const seedItems: readonly (readonly [kind: SeedKind, seed: string, ours: string])[];
