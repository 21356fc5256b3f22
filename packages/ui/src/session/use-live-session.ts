import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Skeleton } from 'honeyhive-wire';
import { useEffect, useState } from 'react';
import { useIsSeen } from '../kit/use-is-seen.ts';
import { basePath } from '../state/base-path.ts';
import { readSince, skeletonQuery, tailPath, type SessionName } from '../trace/session-queries.ts';

/** Sessions that changed this recently may still be going on. */
const liveForMs = 10 * 60_000;
/** New events are read together, so that a busy session is not read over and over. */
const gatherMs = 400;

/** A session, and whether new events appear automatically. */
export function useLiveSession(name: SessionName): {
  readonly skeleton: UseQueryResult<Skeleton>;
  readonly isLive: boolean;
} {
  const skeleton = useQuery(skeletonQuery(name));
  const { data } = skeleton;
  // Asked once for each session: one that falls silent is still listened to.
  const [openedAt] = useState(() => Date.now());
  const mayGoOn = data !== undefined && openedAt - data.updated_at < liveForMs;
  const isLive = useTail(name, mayGoOn);
  return { skeleton, isLive };
}

/** Listens while the page is seen; tells whether the stream is open. */
function useTail({ project, id }: SessionName, isWanted: boolean): boolean {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const isSeen = useIsSeen();
  useEffect(() => {
    if (!isWanted || !isSeen) return;
    const name = { project, id };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const { queryKey } = skeletonQuery(name);
      const known = queries.getQueryData(queryKey);
      if (known) queries.setQueryData(queryKey, await readSince(name, known));
    };
    const stream = new EventSource(`${basePath}${tailPath(name)}`);
    stream.onopen = () => setOpen(true);
    // The browser reconnects automatically; events from the meantime are in the next response.
    stream.onerror = () => setOpen(false);
    stream.addEventListener('rows', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        read().catch(() => setOpen(false));
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stream.close();
      setOpen(false);
    };
  }, [queries, project, id, isWanted, isSeen]);
  return isOpen;
}
