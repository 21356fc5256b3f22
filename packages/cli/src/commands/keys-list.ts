import type { ApiKey, MetadataStore } from 'honeyhive-server';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKeyStore } from '../key-store.ts';
import { formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

interface KeyRow extends ApiKey {
  /** null: the whole organisation. */
  readonly project: string | null;
  /** Epoch milliseconds, to the minute; null: never. */
  readonly usedAt: number | null;
}

async function readRows(store: MetadataStore): Promise<KeyRow[]> {
  const [keys, uses] = await Promise.all([store.listKeys(), store.listKeyUses()]);
  return Promise.all(
    keys.map(async (key) => {
      const project = key.projectId === null ? null : await store.findProject(key.projectId);
      const usedAt = uses.get(key.id) ?? null;
      return { ...key, project: project?.name ?? key.projectId, usedAt };
    }),
  );
}

function toState({ revokedAt, expiresAt }: KeyRow): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= Date.now() ? 'expired' : 'active';
}

const columns: readonly Column<KeyRow>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', cell: ({ name }) => oneLine(name, 40) },
  { title: 'ACCESS', cell: ({ access }) => access },
  { title: 'PROJECT', cell: ({ project }) => (project === null ? '(all)' : oneLine(project, 40)) },
  { title: 'CREATED (UTC)', cell: ({ createdAt }) => formatInstant(createdAt) },
  {
    title: 'LAST USED (UTC)',
    cell: ({ usedAt }) => (usedAt === null ? '-' : formatInstant(usedAt)),
  },
  {
    title: 'EXPIRES (UTC)',
    cell: ({ expiresAt }) => (expiresAt === null ? '-' : formatInstant(expiresAt)),
  },
  { title: 'MADE BY', cell: ({ createdBy }) => createdBy ?? '-' },
  { title: 'STATE', cell: toState },
];

const toIso = (epochMs: number | null) =>
  epochMs === null ? null : new Date(epochMs).toISOString();

function toJson(rows: readonly KeyRow[]) {
  return rows.map(
    ({ id, name, access, project, createdAt, usedAt, expiresAt, revokedAt, createdBy }) => ({
      id,
      name,
      access,
      project,
      created_at: toIso(createdAt),
      last_used_at: toIso(usedAt),
      expires_at: toIso(expiresAt),
      revoked_at: toIso(revokedAt),
      created_by: createdBy,
    }),
  );
}

export const run: RunCommand = async (input, terminal) => {
  const rows = await withKeyStore(input, terminal, { mayCreate: false, work: readRows });
  terminal.write('--json' in input.flags ? formatJson(toJson(rows)) : formatTable(rows, columns));
  return exitCodes.ok.code;
};
