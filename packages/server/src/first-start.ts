import type { Clock } from './clock.ts';
import type { ProjectStore } from './projects/project-store.ts';
import { TooManyProjects } from './projects/project-store.ts';
import type { ApiKey, KeyStore } from './keys/key-store.ts';
import { defaultProjectName } from './calls/access.ts';
import type { AuditLog } from './audit/audit-log.ts';
import { readFirstKey } from './secret-file.ts';

const ofFirstStart = {
  action: 'key.create',
  outcome: 'ok',
  actor: 'first start',
  actorName: null,
  projectId: null,
  address: null,
  requestId: null,
} as const;

interface FirstStartDeps {
  readonly metadata: Pick<ProjectStore, 'ensureProject'> & Pick<KeyStore, 'listKeys' | 'createKey'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: AuditLog;
}

/**
 * A folder without keys is new: it gets a project and a key of the organisation, out of a file or a new one.
 *
 * @returns the new one, for it has to be shown; null when there is nothing to show
 */
export async function prepareFirstStart(
  { metadata, clock, audit }: FirstStartDeps,
  keyFile: string,
): Promise<{ project: string; key: string; record: ApiKey } | null> {
  const now = clock.now();
  await ensureDefault(metadata, now);
  if ((await metadata.listKeys()).length > 0) return null;
  const given = keyFile === 'none' ? undefined : await readFirstKey(keyFile);
  const { key, record } = await metadata.createKey(
    {
      name: 'first start',
      access: 'full',
      projectId: null,
      createdBy: 'first start',
      ...(given === undefined ? {} : { key: given }),
    },
    now,
  );
  await audit.record({ ...ofFirstStart, targets: [record.id] });
  return given === undefined ? { project: defaultProjectName, key, record } : null;
}

/** With as many projects as there may be, one that was deleted stays so. */
async function ensureDefault(metadata: FirstStartDeps['metadata'], now: number): Promise<void> {
  try {
    await metadata.ensureProject(defaultProjectName, now);
  } catch (error) {
    if (!(error instanceof TooManyProjects)) throw error;
  }
}
