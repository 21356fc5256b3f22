import type { ListSubject } from '../list/use-list-subject.ts';
import type { ListQuery } from '../list/use-list-query.ts';

/** Path and query of the stream of what meets the query of a list. */
export function tailPath({
  project,
  compiled: { filters, texts },
}: ListSubject & ListQuery): string {
  const q = JSON.stringify({ filters, ...(texts.length > 0 && { text: texts.join(' ') }) });
  const params = new URLSearchParams({ project: project.id, q });
  return `/v1/explore/tail?${params.toString()}`;
}
