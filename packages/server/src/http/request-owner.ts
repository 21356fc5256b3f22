import type { ProjectStore } from '../domain/project-store.ts';
import type { Owner } from '../fairness/fair-queue.ts';
import { limits } from 'honeyhive-wire';
import type { Call } from '../handlers/handler.ts';

/** What of a request says whose it is. */
export type Asked = Pick<Call<'getSession'>, 'access' | 'params' | 'query'> & {
  readonly body: unknown;
};

/** Who a request is charged to: the project that its key is bound to or that it names, else its key. */
export async function findOwner(
  asked: Asked,
  metadata: Pick<ProjectStore, 'findProject'>,
): Promise<Owner> {
  const { id } = asked.access.key;
  return { share: (await findProjectId(asked, metadata)) ?? `key ${id}`, key: id };
}

/** The project that the key is bound to, or that the request names; null: none that is there. */
export async function findProjectId(
  { access: { key }, params, query, body }: Asked,
  metadata: Pick<ProjectStore, 'findProject'>,
): Promise<string | null> {
  if (key.projectId !== null) return key.projectId;
  const named = params['project_id'] ?? query.project ?? projectIn(body);
  if (named === undefined || named.length > limits.projectNameChars) return null;
  return (await metadata.findProject(named))?.id ?? null;
}

function projectIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('project' in body)) return undefined;
  return typeof body.project === 'string' ? body.project : undefined;
}
