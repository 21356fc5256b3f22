import { ask } from '../api/client.ts';
import { toJsonLines } from './json-lines.ts';
import type { ListSubject } from './use-list-subject.ts';

/** Whole events are large: so many are asked for at once. */
const pageEvents = 100;

/**
 * Downloads the rows with these ids as JSON lines, whole: of sessions all their events.
 *
 * @returns how many lines there are
 */
export async function exportRows(list: ListSubject, ids: readonly string[]): Promise<number> {
  const field = list.kind === 'sessions' ? 'session_id' : 'event_id';
  const events: unknown[] = [];
  for (const id of ids) {
    const filter = { field, operator: 'is', value: id, type: 'string' } as const;
    let page = 1;
    let found: readonly unknown[] = [];
    do {
      const body = { project: list.project.name, filters: [filter], limit: pageEvents, page };
      ({ events: found } = await ask('exportEvents', { body }));
      events.push(...found);
      page += 1;
    } while (found.length === pageEvents);
  }
  download(`${list.project.name}-${list.kind}.jsonl`, toJsonLines(events));
  return events.length;
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
