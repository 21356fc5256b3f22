/** One condition of the API: a field, an operator, a value and how to compare. */
export interface Filter {
  readonly field: string;
  readonly operator:
    | 'exists'
    | 'not exists'
    | 'is'
    | 'is not'
    | 'contains'
    | 'not contains'
    | 'greater than'
    | 'less than'
    | 'after'
    | 'before';
  readonly value?: string | number | boolean;
  readonly type?: FieldType;
}

export type FieldType = 'string' | 'number' | 'boolean' | 'datetime';

/** Filters of which one must hold. */
export interface AnyOf {
  readonly any_of: readonly Filter[];
}

/** What the API takes in a list of filters; all entries of the list must hold. */
export type FilterEntry = Filter | AnyOf;
