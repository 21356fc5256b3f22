import type { FilterOperator, FilterType } from 'honeyhive-facts';

/** One condition of the API: a field, an operator, a value and how to compare. */
export interface Filter {
  readonly field: string;
  readonly operator: FilterOperator;
  readonly value?: string | number | boolean;
  readonly type?: FieldType;
}

export type FieldType = FilterType;

/** Filters of which one must hold. */
export interface AnyOf {
  readonly any_of: readonly Filter[];
}

/** What the API takes in a list of filters; all entries of the list must hold. */
export type FilterEntry = Filter | AnyOf;
