import type { ApiKey, KeyAccess, MetadataStore, Project } from 'honeyhive-server';
import { addAudit } from '../audit.ts';
import type { RunCommand } from '../command.ts';
import { readCount } from '../count-flag.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKeyStore } from '../key-store.ts';
import { formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import type { Terminal } from '../output/terminal.ts';

interface NewKey {
  readonly key: string;
  readonly record: ApiKey;
  readonly project: Project | null;
  readonly isNewProject: boolean;
}

function toAccess(word: string | undefined): KeyAccess {
  return word === 'read' || word === 'ingest' ? word : 'full';
}

const toForm = (word: string | undefined): 'plain' | 'typed' => (word === 'typed' ? word : 'plain');

const dayMs = 86_400_000;
const maxDays = 3_650;

async function createKey(
  store: MetadataStore,
  flags: Readonly<Record<string, string>>,
  {
    days,
    terminal,
  }: {
    /** Until it expires; null: never. */
    readonly days: number | null;
    readonly terminal: Terminal;
  },
): Promise<NewKey> {
  const wanted = flags['--project'];
  const now = Date.now();
  const expiresAt = days === null ? null : now + days * dayMs;
  const known = wanted === undefined ? null : await store.findProject(wanted);
  const project = wanted === undefined ? null : (known ?? (await store.ensureProject(wanted, now)));
  const input = {
    name: flags['--name'] ?? '',
    access: toAccess(flags['--access']),
    form: toForm(flags['--form']),
    projectId: project?.id ?? null,
    expiresAt,
    createdBy: 'cli',
  };
  const { key, record } = await store.createKey(input, now);
  const isNewProject = project !== null && known === null;
  const projectId = record.projectId;
  if (isNewProject)
    await addAudit(store, terminal, { action: 'project.create', projectId, targets: [project.id] });
  await addAudit(store, terminal, { action: 'key.create', projectId, targets: [record.id] });
  return { key, record, project, isNewProject };
}

function toJson({ key, record, project }: NewKey) {
  const { id, name, access, expiresAt } = record;
  return {
    id,
    key,
    name,
    access,
    project: project?.name ?? null,
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}

function toText({ key, record, project, isNewProject }: NewKey): string {
  const scope = project === null ? 'the whole organisation' : `project ${project.name}`;
  const { expiresAt } = record;
  const until = expiresAt === null ? '' : ` until ${formatInstant(expiresAt)} UTC`;
  return [
    ...(isNewProject ? [`Project ${project?.name ?? ''} was made.`] : []),
    `Key ${record.id}: ${record.access} access to ${scope}${until}. It is shown only now:`,
    '',
    `export HH_API_KEY=${key}`,
    '',
  ].join('\n');
}

export const run: RunCommand = async (input, terminal) => {
  const text = input.flags['--expires-in-days'];
  const days = text === undefined ? null : readCount('--expires-in-days', text, maxDays);
  const created = await withKeyStore(input, terminal, {
    mayCreate: true,
    work: (store) => createKey(store, input.flags, { days, terminal }),
  });
  terminal.write('--json' in input.flags ? formatJson(toJson(created)) : toText(created));
  return exitCodes.ok.code;
};
