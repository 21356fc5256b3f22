/** The ten operators of a filter. */
export const filterOperators = [
  'exists',
  'not exists',
  'is',
  'is not',
  'contains',
  'not contains',
  'greater than',
  'less than',
  'after',
  'before',
] as const;

export type FilterOperator = (typeof filterOperators)[number];

/** How a filter compares. */
export const filterTypes = ['string', 'number', 'boolean', 'datetime'] as const;

export type FilterType = (typeof filterTypes)[number];
