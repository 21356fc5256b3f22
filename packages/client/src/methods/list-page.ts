import type { Issue } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import type { Extract } from './page-plan.ts';

/** Where a page lies in its list. */
export interface PagePosition {
  /** Items on all pages. */
  readonly total: number;
  /** Largest number of items on this page, as asked for. */
  readonly limit: number;
  /** Items before this page. */
  readonly offset: number;
  /** Whether there are items after this page. */
  readonly has_more: boolean;
}

export const toPosition = (
  { offset, limit }: Extract,
  page: { readonly total: number; readonly count: number },
): PagePosition => ({
  total: page.total,
  limit,
  offset,
  has_more: page.count > 0 && offset + page.count < page.total,
});

const defaultLimit = 100;
const maxOffset = 1_000_000_000;

/** The extract that a caller asks for; what is wrong with it is added to `issues`. */
export function readExtract(
  input: { readonly limit?: unknown; readonly offset?: unknown },
  maxLimit: number,
  issues: Issue[],
): Extract {
  if (!isObject(input)) {
    issues.push({ field: '', message: 'the input must be an object' });
    return { limit: defaultLimit, offset: 0 };
  }
  const read = (field: 'limit' | 'offset', rule: Rule): number => {
    const value = input[field] ?? rule.byDefault;
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (value >= rule.least && value <= rule.most) return value;
    }
    const message = `must be a whole number from ${rule.least} to ${rule.most}`;
    issues.push({ field, message });
    return rule.byDefault;
  };
  return {
    limit: read('limit', { least: 1, most: maxLimit, byDefault: defaultLimit }),
    offset: read('offset', { least: 0, most: maxOffset, byDefault: 0 }),
  };
}

interface Rule {
  readonly least: number;
  readonly most: number;
  readonly byDefault: number;
}
