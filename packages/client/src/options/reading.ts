/** A value that fits, or what it should have been. */
export type Reading<Value> = { readonly value: Value } | { readonly problem: string };

/** Reads what was given for an option. */
export type Reader<Value> = (given: unknown) => Reading<Value>;
