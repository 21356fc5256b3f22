import type { Project } from 'honeyhive';
import { formatCount } from './output/figures.ts';
import type { Column } from './output/table.ts';
import { oneLine } from './output/text.ts';

const count = (value: unknown) => (typeof value === 'number' ? formatCount(value) : '');

/** What lists show of a project. */
export const projectColumns: readonly Column<Project>[] = [
  { title: 'NAME', cell: ({ name }) => oneLine(name, 40) },
  { title: 'SESSIONS', align: 'right', cell: ({ session_count }) => count(session_count) },
  { title: 'EVENTS', align: 'right', cell: ({ event_count }) => count(event_count) },
  { title: 'CREATED (UTC)', cell: (project) => createdAt(project) },
  { title: 'ID', cell: ({ id }) => id },
  { title: 'DESCRIPTION', cell: ({ description }) => oneLine(description, 60) },
];

function createdAt({ created_at }: Project): string {
  return created_at.slice(0, 19).replace('T', ' ');
}
