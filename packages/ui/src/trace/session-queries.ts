import { queryOptions } from '@tanstack/react-query';
import type { Skeleton } from 'honeyhive-wire';
import { ask } from '../api/client.ts';
import { lostParent } from './skeleton.ts';
import { mergeSkeleton } from './merge-skeleton.ts';
import { sessionKey, sessionPath, sessionStaleMs } from './session-path.ts';

/** A session, by its project and its own id. */
export interface SessionName {
  readonly project: string;
  readonly id: string;
}

const readSkeleton = (
  { project, id }: SessionName,
  options: { since?: string; signal?: AbortSignal },
) =>
  ask('exploreSkeleton', {
    params: { session_id: id },
    query: { project, ...(options.since === undefined ? {} : { since: options.since }) },
    ...(options.signal ? { signal: options.signal } : {}),
  });

/** All events of a session as columns; what came since is added by {@link readSince}. */
export const skeletonQuery = (name: SessionName) =>
  queryOptions({
    queryKey: sessionKey(name.project, name.id),
    queryFn: ({ signal }) => readSkeleton(name, { signal }),
    staleTime: sessionStaleMs,
  });

/** The session with what came since it was read. */
export async function readSince(name: SessionName, known: Skeleton): Promise<Skeleton> {
  const merged = mergeSkeleton(known, await readSkeleton(name, { since: known.version }));
  // A parent may have come after its children: only the whole session tells whose it is.
  return merged.parent.includes(lostParent) ? readSkeleton(name, {}) : merged;
}

/** Where a text is in the payloads of a session. */
export const findQuery = ({ project, id, text }: SessionName & { readonly text: string }) =>
  queryOptions({
    queryKey: ['find', project, id, text],
    queryFn: ({ signal }) =>
      ask('exploreFind', { params: { session_id: id }, body: { project, text }, signal }),
  });

/** URL of the stream of new events of a session. */
export const tailPath = ({ project, id }: SessionName): string =>
  `${sessionPath(id)}/tail?project=${encodeURIComponent(project)}`;
