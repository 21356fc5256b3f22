import { createPreference } from '../state/preference.ts';

const most = 20;

/** Queries that were applied, the last one first, by this browser. */
export const recentQueries = createPreference<readonly string[]>('recent-queries', {
  parse: (text) => parseList(text ?? '[]'),
  print: (list) => JSON.stringify(list),
});

export function rememberQuery(text: string): void {
  if (text === '') return;
  recentQueries.set([text, ...recentQueries.get().filter((one) => one !== text)].slice(0, most));
}

function parseList(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    // Somebody else wrote there: as if nothing had been.
    return [];
  }
}
