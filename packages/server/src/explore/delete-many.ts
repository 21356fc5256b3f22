import type { Handler } from '../calls/handler.ts';
import { requireFound } from '../projects/home-project.ts';
import type { ExploreServices } from './explore-services.ts';

export const exploreDelete: Handler<'exploreDelete', ExploreServices> = async (
  call,
  { committer, clock },
) => {
  const { scope, ids, project } = call.body;
  const at = { scope: await call.access.forLookup(project), now: clock.now() };
  const distinct = [...new Set(ids)];
  const outcomes = await committer.submit(
    distinct.map((id) =>
      scope === 'sessions'
        ? { kind: 'deleteSession', sessionId: id, ...at }
        : { kind: 'delete', eventId: id, ...at },
    ),
    call.bodyBytes,
  );
  const what = scope === 'sessions' ? 'session' : 'event';
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind === 'ambiguous')
      await requireFound(call.access, outcome, { what, id: distinct[index] ?? '' });
  }
  const isDeleted = (_id: string, index: number): boolean => outcomes[index]?.kind === 'deleted';
  return {
    deleted: distinct.filter(isDeleted),
    missing: distinct.filter((id, index) => !isDeleted(id, index)),
  };
};
