import type { ValueList } from 'honeyhive-wire';
import { findCompletion } from './completion.ts';
import type { Completion } from './completion.ts';
import { findPathFault } from './field-catalogue.ts';
import type { Field, FieldCatalogue } from './field-catalogue.ts';
import type { QueryScope } from './query-scope.ts';
import { fixedValues, rankKeys, rankRecents, rankSigns, withSigns } from './suggestions.ts';
import type { Suggestion } from './suggestions.ts';
import { usePreference } from '../state/preference.ts';
import { recentQueries } from './recent-queries.ts';
import { useDebounced } from './use-debounced.ts';
import { useValues } from './use-values.ts';

/** Between two questions to the service while somebody types. */
const typingMs = 150;

export interface Suggestions {
  readonly completion: Completion;
  readonly list: readonly Suggestion[];
  /** Why there are no values; null when there are, or none were asked for. */
  readonly error: Error | null;
}

/** What could follow at the caret: earlier queries, keys, values of the key, and signs in their place. */
export function useSuggestions(
  { text, caret }: { readonly text: string; readonly caret: number },
  { catalogue, about }: { readonly catalogue: FieldCatalogue; readonly about: QueryScope },
): Suggestions {
  const [recents] = usePreference(recentQueries);
  const completion = findCompletion(text, caret);
  const wanted = completion.kind === 'value' ? completion : { path: null, prefix: '' };
  const field = wanted.path === null ? null : catalogue.find(wanted.path);
  const prefix = useDebounced(wanted.prefix, typingMs);
  const asked = field?.values ? null : keyOf(wanted.path);
  const { data, error } = useValues({ ...about, path: asked, prefix });
  switch (completion.kind) {
    case 'nothing':
      return { completion, list: [], error: null };
    case 'key': {
      const keys = rankKeys(catalogue.fields, completion.prefix);
      const earlier = completion.wantsColon ? rankRecents(recents, text) : [];
      const list = [...earlier, ...keys.map((one): Suggestion => ({ kind: 'key', field: one }))];
      return { completion, list, error: null };
    }
    case 'value': {
      const fixed = field && fixedValues(field, completion.prefix);
      const values = asked === null ? (fixed ?? []) : toSuggestions(data, completion.prefix, field);
      const signs = rankSigns(field, completion);
      return { completion, list: withSigns(field, { values, signs }), error };
    }
  }
}

/** Of what is no key there are no values, and to ask for them would be an error. */
const keyOf = (path: string | null): string | null =>
  path !== null && findPathFault(path) === null ? path : null;

/** While the answer to the last keystroke is on its way, the one before narrows down. */
const toSuggestions = (
  data: ValueList | undefined,
  prefix: string,
  field: Field | null,
): Suggestion[] =>
  (data?.values ?? [])
    .filter(({ value }) => value.toLowerCase().startsWith(prefix.toLowerCase()))
    .map(({ value, count }) => ({ kind: 'value', value: toTyped(value, field), count }));

/** Values are strings, unless the key contains only numbers or only booleans. */
function toTyped(value: string, field: Field | null): string | number | boolean {
  const [type, ...others] = field?.types ?? [];
  if (others.length > 0) return value;
  if (type === 'boolean') return value === 'true';
  return type === 'number' && Number.isFinite(Number(value)) ? Number(value) : value;
}
