import type { ProjectStore } from '../projects/project-store.ts';
import type { Owner } from '../fairness/fair-queue.ts';
import { limits } from 'honeyhive-wire';
import type { Access } from '../calls/access.ts';

/** Where a request may name its project. */
export interface Naming {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Asking = Pick<Access, 'key'>;

/** Who a request is charged to: the project that its key is bound to or that it names, else its key. */
export async function findOwner(
  access: Asking,
  naming: Naming,
  metadata: Pick<ProjectStore, 'findProject'>,
): Promise<Owner> {
  const { id } = access.key;
  return { share: (await findProjectId(access, naming, metadata)) ?? `key ${id}`, key: id };
}

/** The project that the key is bound to, or that the request names; null: none that is there. */
export async function findProjectId(
  { key }: Asking,
  { params, query, body }: Naming,
  metadata: Pick<ProjectStore, 'findProject'>,
): Promise<string | null> {
  if (key.projectId !== null) return key.projectId;
  const named =
    readText(params, 'project_id') ?? readText(query, 'project') ?? readText(body, 'project');
  if (named === undefined || named.length > limits.projectNameChars) return null;
  return (await metadata.findProject(named))?.id ?? null;
}

function readText(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === 'string' ? found : undefined;
}
