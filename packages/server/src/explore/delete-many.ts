import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';

export const exploreDelete: Handler<'exploreDelete', ExploreServices> = async (
  call,
  { committer, clock },
) => {
  const { scope, ids, project } = call.body;
  const { id: projectId } = await call.access.forList(project);
  const at = { scope: { kind: 'project', projectId }, now: clock.now() } as const;
  const distinct = [...new Set(ids)];
  const outcomes = await committer.submit(
    distinct.map((id) =>
      scope === 'sessions'
        ? { kind: 'deleteSession', sessionId: id, ...at }
        : { kind: 'delete', eventId: id, ...at },
    ),
    call.bodyBytes,
  );
  const isDeleted = (_id: string, index: number): boolean => outcomes[index]?.kind === 'deleted';
  return {
    deleted: distinct.filter(isDeleted),
    missing: distinct.filter((id, index) => !isDeleted(id, index)),
  };
};
