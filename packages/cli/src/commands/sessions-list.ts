import type { Session } from 'honeyhive';
import { withClient } from '../api-client.ts';
import type { RunCommand } from '../command.ts';
import { readCount } from '../count-flag.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatCount, formatDuration, formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

const defaultLimit = 20;
const maxLimit = 1000;

const count = (value: unknown) => (typeof value === 'number' ? formatCount(value) : '');

const columns: readonly Column<Session>[] = [
  { title: 'ID', cell: ({ session_id }) => session_id },
  { title: 'NAME', cell: (session) => oneLine(session.session_name, 40) },
  { title: 'STARTED (UTC)', cell: ({ start_time }) => formatInstant(start_time) },
  { title: 'DURATION', align: 'right', cell: ({ duration }) => formatDuration(duration) },
  { title: 'EVENTS', align: 'right', cell: ({ event_count }) => count(event_count) },
  { title: 'ERRORS', align: 'right', cell: ({ error_count }) => count(error_count) },
  { title: 'SOURCE', cell: ({ source }) => oneLine(source, 20) },
  { title: 'PROJECT', cell: ({ project }) => oneLine(project, 30) },
];

export const run: RunCommand = async (input, terminal) => {
  const limit = readCount('--limit', input.flags['--limit'] ?? String(defaultLimit), maxLimit);
  const project = input.flags['--project'];
  const sessions = await withClient(terminal, async (client) => {
    const page = await client.listSessions({
      limit,
      ...(project === undefined ? {} : { project }),
    });
    return page.sessions;
  });
  const table = () =>
    sessions.length === 0 ? 'There are no sessions.\n' : formatTable(sessions, columns);
  terminal.write('--json' in input.flags ? formatJson(sessions) : table());
  return exitCodes.ok.code;
};
