/** What kind of thing an item is. */
export type ReferenceKind =
  | 'class'
  | 'method'
  | 'option'
  | 'exception'
  | 'attribute'
  | 'variable'
  | 'example';

/** Each item: its kind, its name in the reference, its name here. */
export declare const referenceItems: readonly (readonly [
  kind: ReferenceKind,
  reference: string,
  ours: string,
])[];
