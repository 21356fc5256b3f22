import type { LightEvent } from '../domain/explore-store.ts';
import { toSkeleton } from '../domain/skeleton.ts';
import type { SkeletonEvent } from '../domain/skeleton.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { Reply } from '../calls/reply.ts';
import { findRoot } from './session-root.ts';
import { toWireSessionRow } from './wire-row.ts';

/** Most events that one skeleton holds. */
const maxEvents = 200_000;

export const exploreSkeleton: Handler<'exploreSkeleton', ExploreServices> = async (
  call,
  services,
) => {
  const { events } = services;
  const root = await findRoot(call, services);
  const { projectId, sessionId } = root;
  const mark = await events.explore.readSessionMark({ projectId, sessionId });
  const version = `${mark.updatedAt}.${mark.eventCount}.${mark.versions}`;
  const sinceMs = readSince(call.query.since);
  const headers = {
    etag: `W/"${version}${sinceMs === null ? '' : `.${sinceMs}`}"`,
    'cache-control': 'no-cache',
  };
  if (call.preconditions.ifNoneMatch === headers.etag) return new Reply(null, headers, 304);
  const [rollups, found] = await Promise.all([
    events.readRollups([projectId], [sessionId]),
    events.explore.readSkeleton(
      { projectId, sessionId, sinceMs, limit: maxEvents + 1 },
      call.signal,
    ),
  ]);
  const alive = found.slice(0, maxEvents).filter(({ isDeleted }) => !isDeleted);
  return new Reply(
    {
      session: toWireSessionRow(root, rollups[0] ?? null),
      version,
      since: sinceMs === null ? null : (call.query.since ?? null),
      complete: found.length <= maxEvents,
      event_total: mark.eventCount,
      updated_at: mark.updatedAt,
      removed: found.filter(({ isDeleted }) => isDeleted).map(({ eventId }) => eventId),
      ...toSkeleton(alive, { origin: originOf(root, alive, sinceMs), isWhole: sinceMs === null }),
    },
    headers,
    200,
  );
};

/** What came since may have begun before everything else: the root's start does not move. */
const originOf = (
  root: LightEvent,
  [first]: readonly SkeletonEvent[],
  sinceMs: number | null,
): number =>
  sinceMs === null ? Math.min(root.startTime, first?.startTime ?? root.startTime) : root.startTime;

/** The instant in a version; null without one, and for what is no version: then all events are sent. */
function readSince(since: string | undefined): number | null {
  const [, instant] = /^(\d{1,15})\.\d+\.\d+$/.exec(since ?? '') ?? [];
  return instant === undefined ? null : Number(instant);
}
