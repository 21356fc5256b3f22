import { useQuery } from '@tanstack/react-query';
import type { SignedIn } from 'honeyhive-wire';
import { HoneyHiveNotFoundError } from 'honeyhive/fetch';
import { ask } from './client.ts';
import { findProject } from './project.tsx';
import type { VisibleProject } from './project.tsx';

/** The project that an address names. */
export interface NamedProject {
  /** null while loading, and if the key can see no project. */
  readonly project: VisibleProject | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

export const namedProjectKey = (named: string) => ['named-project', named] as const;

async function readProject(named: string, signal: AbortSignal): Promise<VisibleProject | null> {
  try {
    return await ask('getProject', { params: { project_id: named }, signal });
  } catch (error) {
    if (error instanceof HoneyHiveNotFoundError) return null;
    throw error;
  }
}

/**
 * The project of that id or name. The list of a sign-in has the first thousand, and is older than the newest project:
 * what is not in it is asked for.
 */
export function useNamedProject({ projects }: SignedIn, named: string | null): NamedProject {
  const listed = named === null ? null : findProject(projects, named);
  const { data, isFetching, error, refetch } = useQuery({
    queryKey: namedProjectKey(named ?? ''),
    queryFn: ({ signal }) => readProject(named ?? '', signal),
    enabled: named !== null && listed === null,
    staleTime: ({ state }) => (state.data ? 300_000 : 0),
  });
  const project = listed ?? data ?? null;
  const isPending = named !== null && project === null && isFetching;
  return { project, isPending, error: project === null ? error : null, refetch };
}
