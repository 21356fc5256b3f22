import { draftSession } from '../domain/event-draft.ts';
import { changeTooLarge } from '../domain/event-size.ts';
import { invalid, notFound } from '../domain/problem.ts';
import { isRoot } from '../domain/stored-event.ts';
import { toWireSession } from '../domain/wire-event.ts';
import type { EventReads } from '../domain/event-store.ts';
import { senderOf } from '../calls/access.ts';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import { namesOf } from '../calls/wire-names.ts';
import { storeBatch } from '../events/batch.ts';
import type { BatchServices } from '../events/batch.ts';
import { findRefusal, ifQueued, toProblem, toWarnings } from '../events/outcome.ts';
import { readTree } from '../events/read-tree.ts';
import type { TreeServices } from '../events/read-tree.ts';
import { requireFound, requireHome } from '../projects/home-project.ts';
import { findSessionPlace } from './session-place.ts';

export type SessionServices = BatchServices &
  TreeServices & { readonly events: Pick<EventReads, 'findEvent'> };

export const startSession: Handler<'startSession', SessionServices> = async (call, services) =>
  start(call, services, { named: call.body.project, input: call.body });

export const createSession: Handler<'createSession', SessionServices> = async (call, services) =>
  start(call, services, { named: null, input: call.body });

async function start(
  call: Call<'startSession'> | Call<'createSession'>,
  services: SessionServices,
  { named, input }: { named: string | null | undefined; input: Parameters<typeof draftSession>[0] },
): Promise<AnswerOf<'startSession'>> {
  const hints = { named, sessionId: input.session_id };
  const projectId = await requireHome(call.access, services, hints);
  const draft = draftSession(input, {
    projectId,
    now: services.clock.now(),
    acceptsUnknownType: false,
    ...senderOf(call.access),
    pricer: await services.pricing.of(projectId),
  });
  if ('issues' in draft) throw invalid(draft.issues);
  const names = namesOf(call, services);
  const [writes] = await services.sampler.select([{ kind: 'startSession', event: draft.event }]);
  if (!writes) return { ...toWireSession(draft.event, null, names), sampled: false };
  const outcome = (await services.committer.submit(writes, call.bodyBytes)).at(-1);
  const { sessionId } = draft.event;
  if (outcome?.kind === 'tooLarge') throw changeTooLarge(sessionId);
  const refused = findRefusal(outcome, { field: 'session_id', value: sessionId }, call.access);
  if (refused) throw toProblem([refused]);
  const root = outcome?.kind === 'stored' ? outcome.event : draft.event;
  const [rollup] =
    root.version > 1 ? await services.events.readRollups([projectId], [root.sessionId]) : [];
  return {
    ...toWireSession(root, rollup ?? null, names),
    ...ifQueued(outcome),
    ...toWarnings(draft.warnings),
  };
}

export const addSessionTraces: Handler<'addSessionTraces', SessionServices> = async (
  call,
  services,
) => {
  const { events, logs } = call.body;
  if (Boolean(events) === Boolean(logs)) {
    throw invalid([
      { field: events ? 'logs' : 'events', message: 'expected exactly one of `events` and `logs`' },
    ]);
  }
  const at = events ? 'events' : 'logs';
  return storeBatch(call, services, {
    items: events ?? logs ?? [],
    at,
    sessionId: call.params.session_id,
  });
};

export const addSessionEvents: Handler<'addSessionEvents', SessionServices> = async (
  call,
  services,
) =>
  storeBatch(call, services, {
    items: call.body.events,
    at: 'events',
    sessionId: call.params.session_id,
    isStrict: true,
  });

export const getSession: Handler<'getSession', SessionServices> = async (call, services) => {
  const sessionId = call.params.session_id;
  const projectId = await findSessionPlace(call, services);
  const root = await services.events.findEvent([projectId], sessionId);
  if (!root || !isRoot(root)) throw notFound('session', sessionId);
  const [rollup] = await services.events.readRollups([projectId], [sessionId]);
  return toWireSession(root, rollup ?? null, namesOf(call, services));
};

export const getSessionTree: Handler<'getSessionTree', SessionServices> = async (
  call,
  services,
) => {
  const sessionId = call.params.session_id;
  const projectId = await findSessionPlace(call, services);
  const tree = await readTree(call, services, { projectId, sessionId });
  if (!tree) throw notFound('session', sessionId);
  return tree;
};

export const deleteSession: Handler<'deleteSession', SessionServices> = async (call, services) => {
  const sessionId = call.params.session_id;
  const scope = await call.access.forLookup(call.query.project);
  const [outcome] = await services.committer.submit(
    [{ kind: 'deleteSession', sessionId, scope, now: services.clock.now() }],
    0,
  );
  await requireFound(call.access, outcome, { what: 'session', id: sessionId });
  return { success: true, deleted: sessionId };
};
