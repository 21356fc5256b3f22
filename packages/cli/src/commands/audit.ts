import type { AuditEntry } from 'honeyhive-server';
import type { RunCommand } from '../command.ts';
import { readCount } from '../count-flag.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKeyStore } from '../key-store.ts';
import { formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

const defaultLimit = 50;
const maxLimit = 100_000;

const columns: readonly Column<AuditEntry>[] = [
  { title: 'TIME (UTC)', cell: ({ at }) => formatInstant(at) },
  { title: 'ACTION', cell: ({ action }) => action },
  { title: 'OUTCOME', cell: ({ outcome }) => outcome },
  { title: 'BY', cell: ({ actor }) => actor },
  { title: 'NAME', cell: ({ actorName }) => oneLine(actorName ?? '-', 30) },
  { title: 'TARGET', cell: ({ target }) => oneLine(target ?? '-', 60) },
  { title: 'PROJECT', cell: ({ projectId }) => oneLine(projectId ?? '-', 40) },
  { title: 'ADDRESS', cell: ({ address }) => oneLine(address ?? '-', 40) },
];

const toJson = (entries: readonly AuditEntry[]) =>
  entries.map(({ sequence, at, actorName, projectId, requestId, ...entry }) => ({
    id: sequence,
    at: new Date(at).toISOString(),
    ...entry,
    actor_name: actorName,
    project: projectId,
    request_id: requestId,
  }));

export const run: RunCommand = async (input, terminal) => {
  const text = input.flags['--limit'];
  const limit = text === undefined ? defaultLimit : readCount('--limit', text, maxLimit);
  const entries = await withKeyStore(input, terminal, {
    mayCreate: false,
    work: (store) => store.listAudit({ before: null, limit }),
  });
  terminal.write(
    '--json' in input.flags ? formatJson(toJson(entries)) : formatTable(entries, columns),
  );
  return exitCodes.ok.code;
};
