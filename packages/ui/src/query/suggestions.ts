import type { Completion } from './completion.ts';
import type { Field } from './field-catalogue.ts';
import type { FieldType } from './filter.ts';
import type { Sign } from './query.ts';

/** How a value is asked for in another way than as it is: by comparing, by a part of it, or as one of several. */
export type ValueSign = Sign | '**' | '()';

/** One row of the list below the query bar. */
export type Suggestion =
  | { readonly kind: 'recent'; readonly text: string }
  | { readonly kind: 'key'; readonly field: Field }
  | {
      readonly kind: 'value';
      readonly value: string | number | boolean;
      readonly count: number | null;
    }
  | { readonly kind: 'sign'; readonly sign: ValueSign };

const mostKeys = 50;

/**
 * Keys for what has been typed, best first: those that begin with it, then those with a name that does, then those
 * that contain it; among these the ones that most events have.
 */
export function rankKeys(fields: readonly Field[], prefix: string): Field[] {
  const wanted = prefix.toLowerCase();
  return fields
    .map((field) => ({ field, rank: rankPath(field.path.toLowerCase(), wanted) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || b.field.count - a.field.count)
    .slice(0, mostKeys)
    .map(({ field }) => field);
}

function rankPath(path: string, wanted: string): number | null {
  if (path.startsWith(wanted)) return 0;
  if (/[._ ]/.test(path) && path.split(/[._ ]/).some((name) => name.startsWith(wanted))) return 1;
  return path.includes(wanted) ? 2 : null;
}

/** Fixed values of a key that begin with what has been typed. */
export const fixedValues = (field: Field, prefix: string): Suggestion[] =>
  (field.values ?? [])
    .filter((value) => value.startsWith(prefix))
    .map((value) => ({ kind: 'value', value, count: null }));

const signsOfOrder = ['>', '>=', '<', '<='] as const;
const signsOf: Readonly<Record<FieldType, readonly ValueSign[]>> = {
  number: signsOfOrder,
  datetime: signsOfOrder,
  string: ['**', '()'],
  boolean: [],
};
const signs: readonly ValueSign[] = [...signsOfOrder, '**', '()'];

/** Operators that can precede a value; none once a value has been typed. */
export function rankSigns(
  field: Field | null,
  { at, isAlternative }: Completion & { kind: 'value' },
): Suggestion[] {
  if (isAlternative || at.start !== at.end) return [];
  const fitting = (field?.types ?? ['string']).flatMap((type) => signsOf[type]);
  // Of a few fixed values nobody looks for a part.
  const isFixed = field?.values !== undefined;
  return signs
    .filter((sign) => fitting.includes(sign) && !(isFixed && sign === '**'))
    .map((sign) => ({ kind: 'sign', sign }));
}

/** Of what has an order few want one value: signs come first, where they stay when values come. */
export const withSigns = (
  field: Field | null,
  found: { readonly values: readonly Suggestion[]; readonly signs: readonly Suggestion[] },
): readonly Suggestion[] =>
  field?.types.every((type) => type === 'number' || type === 'datetime')
    ? [...found.signs, ...found.values]
    : [...found.values, ...found.signs];

const mostRecents = 5;

/** Earlier queries that begin with the text; the text itself is not among them. */
export const rankRecents = (recents: readonly string[], text: string): Suggestion[] =>
  recents
    .filter((recent) => recent !== text.trim() && recent.startsWith(text.trimStart()))
    .slice(0, mostRecents)
    .map((recent) => ({ kind: 'recent', text: recent }));
