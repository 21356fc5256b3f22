import type { MetadataStore } from '../domain/metadata-store.ts';
import type { Owner } from '../fairness/fair-queue.ts';
import type { Call } from '../handlers/handler.ts';

type Asked = Pick<Call<'getSession'>, 'access' | 'params' | 'query'> & { readonly body: unknown };

/** Who a request is charged to: the project that its key is bound to or that it names, else its key. */
export async function findOwner(
  { access: { key }, params, query, body }: Asked,
  metadata: Pick<MetadataStore, 'findProject'>,
): Promise<Owner> {
  const named = params['project_id'] ?? query.project ?? projectIn(body);
  const projectId =
    key.projectId ?? (named === undefined ? undefined : (await metadata.findProject(named))?.id);
  return { share: projectId ?? `key ${key.id}`, key: key.id };
}

function projectIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('project' in body)) return undefined;
  return typeof body.project === 'string' ? body.project : undefined;
}
