import type { Key } from 'honeyhive-wire';
import type { ApiKey, MetadataStore } from '../domain/metadata-store.ts';
import { notFound, Problem } from '../domain/problem.ts';
import type { Access } from './access.ts';
import type { Handler } from './handler.ts';

export const listKeys: Handler<'listKeys'> = async ({ access }, { metadata }) => {
  const keys = await visibleKeys(access, metadata);
  const names = await projectNames(keys, metadata);
  return { keys: keys.toReversed().map((key) => toWireKey(key, access.key, names)) };
};

/** A key can make none that reaches further than itself: one bound to a project makes keys of that project. */
export const createKey: Handler<'createKey'> = async ({ access, body }, { metadata, clock }) => {
  const named = body.project ?? access.key.projectId;
  const project = named === null ? null : await access.project(named);
  const { key, record } = await metadata.createKey(
    { name: body.name, access: body.access, projectId: project?.id ?? null },
    clock.now(),
  );
  const names = await projectNames([record], metadata);
  return { key: toWireKey(record, access.key, names), api_key: key };
};

export const revokeKey: Handler<'revokeKey'> = async ({ access, params }, { metadata, clock }) => {
  const id = params['key_id'] ?? '';
  const found = (await visibleKeys(access, metadata)).find((key) => key.id === id);
  if (!found) throw notFound('key', id);
  if (id === access.key.id)
    throw new Problem('conflict', 'This request was made with that key: revoke it with another.');
  await metadata.revokeKey(id, clock.now());
  const revoked = (await visibleKeys(access, metadata)).find((key) => key.id === id) ?? found;
  const names = await projectNames([revoked], metadata);
  return { success: true, key: toWireKey(revoked, access.key, names) };
};

/** In the order in which they were made. */
async function visibleKeys(access: Access, metadata: MetadataStore): Promise<ApiKey[]> {
  const keys = await metadata.listKeys();
  const { projectId } = access.key;
  return projectId === null ? keys : keys.filter((key) => key.projectId === projectId);
}

async function projectNames(
  keys: readonly ApiKey[],
  metadata: MetadataStore,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(keys.flatMap(({ projectId }) => projectId ?? []))];
  const { projects } = await metadata.listProjects({ ids, limit: ids.length, offset: 0 });
  return new Map(projects.map(({ id, name }) => [id, name]));
}

function toWireKey(key: ApiKey, current: ApiKey, names: ReadonlyMap<string, string>): Key {
  return {
    id: key.id,
    name: key.name,
    access: key.access,
    project_id: key.projectId,
    project: key.projectId === null ? null : (names.get(key.projectId) ?? null),
    created_at: key.createdAt,
    revoked_at: key.revokedAt,
    current: key.id === current.id,
  };
}
