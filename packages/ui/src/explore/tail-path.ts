import type { ListState } from '../list/use-list-state.ts';

/** Path and query of the stream of what meets the query of a list. */
export function tailPath({ project, compiled: { filters, texts } }: ListState): string {
  const q = JSON.stringify({ filters, ...(texts.length > 0 && { text: texts.join(' ') }) });
  const params = new URLSearchParams({ project: project.id, q });
  return `/v1/explore/tail?${params.toString()}`;
}
