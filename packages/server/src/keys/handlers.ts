import { findDescendants } from 'honeyhive-facts';
import { limits } from 'honeyhive-wire';
import type { Key } from 'honeyhive-wire';
import { keyRecord } from './key-store.ts';
import type { ApiKey, KeyStore } from './key-store.ts';
import type { Project, ProjectStore } from '../projects/project-store.ts';
import { invalid, notFound, Problem } from '../domain/problem.ts';
import type { Access } from '../calls/access.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { KeyUses } from './key-uses.ts';

export interface KeyServices {
  readonly metadata: Pick<KeyStore, 'listKeys' | 'createKeyWith' | 'revokeKey'> &
    Pick<ProjectStore, 'listProjects'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly keyUses: Pick<KeyUses, 'list'>;
}

export const listKeys: Handler<'listKeys', KeyServices> = async ({ access }, services) => {
  const keys = await visibleKeys(access, services.metadata);
  const toWireKey = await createToWireKey(keys, access, services);
  return { keys: keys.toReversed().map(toWireKey) };
};

/**
 * A key can make none that reaches further than itself: one bound to a project makes keys of that project, and one that
 * expires makes keys that expire no later.
 */
export const createKey: Handler<'createKey', KeyServices> = async ({ access, body }, services) => {
  const { metadata, clock } = services;
  const named = body.project ?? access.key.projectId;
  const project = named === null ? null : await access.project(named);
  const now = clock.now();
  const expiresAt = body.expires_at ?? access.key.expiresAt;
  checkExpiry(expiresAt, { now, last: access.key.expiresAt ?? Infinity });
  const created = await metadata.createKeyWith(
    access.key,
    { name: body.name, access: body.access, projectId: project?.id ?? null, expiresAt },
    { now, mostActive: limits.activeKeys, form: body.form ?? 'plain' },
  );
  if (created === 'unauthenticated')
    throw new Problem('unauthenticated', 'The API key is revoked or expired.');
  if (created === 'full') throw tooManyKeys(project);
  const { key, record } = created;
  const toWireKey = await createToWireKey([record], access, services);
  return { key: toWireKey(record), api_key: key };
};

const tooManyKeys = (project: Project | null): Problem =>
  new Problem(
    'conflict',
    `${project === null ? 'The organisation' : 'The project'} has ${limits.activeKeys} active keys, as many as there may be. Revoke one first.`,
    { issues: [{ field: 'project', message: `at most ${limits.activeKeys} active keys` }] },
  );

export const revokeKey: Handler<'revokeKey', KeyServices> = async (
  { access, params, query },
  services,
) => {
  const { metadata, clock } = services;
  const id = params.key_id;
  const descendants = query.descendants === 'true';
  const visible = await visibleKeys(access, metadata);
  const found = visible.find((key) => key.id === id);
  if (!found) throw notFound('key', id);
  if (id === access.key.id)
    throw new Problem('conflict', 'This request was made with that key: revoke it with another.');
  if (descendants && findDescendants(visible, id).includes(access.key.id))
    throw new Problem(
      'conflict',
      'This request was made with a key that was made with that one: revoke it with another, or without its descendants.',
    );
  const ids = await metadata.revokeKey(id, clock.now(), { descendants });
  const revoked = (await visibleKeys(access, metadata)).find((key) => key.id === id) ?? found;
  const toWireKey = await createToWireKey([revoked], access, services);
  return { success: true, key: toWireKey(revoked), revoked: ids };
};

function checkExpiry(at: number | null, { now, last }: { now: number; last: number }): void {
  if (at === null || (at > now && at <= last)) return;
  const message =
    at <= now
      ? 'expected an instant in the future'
      : `expected ${last} at the latest, when the key that makes it expires`;
  throw invalid([{ field: 'expires_at', message }]);
}

/** In the order in which they were made. */
async function visibleKeys(
  access: Access,
  metadata: Pick<KeyStore, 'listKeys'>,
): Promise<ApiKey[]> {
  const keys = await metadata.listKeys();
  const { projectId } = access.key;
  return projectId === null ? keys : keys.filter((key) => key.projectId === projectId);
}

async function projectNames(
  keys: readonly ApiKey[],
  metadata: Pick<ProjectStore, 'listProjects'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(keys.flatMap(({ projectId }) => projectId ?? []))];
  const { projects } = await metadata.listProjects({ ids, limit: ids.length, offset: 0 });
  return new Map(projects.map(({ id, name }) => [id, name]));
}

/** What these keys look like on the wire: with the names of their projects and their last uses. */
async function createToWireKey(
  keys: readonly ApiKey[],
  access: Access,
  { metadata, keyUses }: KeyServices,
): Promise<(key: ApiKey) => Key> {
  const [names, uses] = await Promise.all([projectNames(keys, metadata), keyUses.list()]);
  return (key) => ({
    ...keyRecord.toLine(key),
    project: key.projectId === null ? null : (names.get(key.projectId) ?? null),
    last_used_at: uses.get(key.id) ?? null,
    current: key.id === access.key.id,
  });
}
