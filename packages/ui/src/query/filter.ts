import type { FilterOperator, FilterType } from 'honeyhive-facts';

export type FieldType = FilterType;

/** One condition of the API: a field, an operator, a value and how to compare. */
// A type, not an interface: the contract lets conditions have further keys.
export type Filter = {
  readonly field: string;
  readonly operator: FilterOperator;
  readonly value?: string | number | boolean;
  readonly type?: FieldType;
};

/** Filters of which one must hold. */
export type AnyOf = {
  readonly any_of: readonly Filter[];
};

/** What the API takes in a list of filters; all entries of the list must hold. */
export type FilterEntry = Filter | AnyOf;
