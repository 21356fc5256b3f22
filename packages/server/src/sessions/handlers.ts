import { draftSession } from '../domain/event-draft.ts';
import { invalid, notFound } from '../domain/problem.ts';
import { buildTree, treeToWire } from '../domain/session-tree.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { toWireEvent, toWireSession } from '../domain/wire-event.ts';
import type { WireNames } from '../domain/wire-event.ts';
import { storeBatch } from '../events/batch.ts';
import type { AnswerOf, Call, Handler, Services } from '../calls/handler.ts';
import { findPlace, requireFound, requireHome } from '../projects/home-project.ts';

/** Most events that one session tree holds. */
const maxTreeEvents = 100_000;

export const startSession: Handler<'startSession'> = async (call, services) =>
  start(call, services, { named: call.body.project, input: call.body });

export const createSession: Handler<'createSession'> = async (call, services) =>
  start(call, services, { named: null, input: call.body });

async function start(
  call: Call<'startSession'> | Call<'createSession'>,
  services: Services,
  { named, input }: { named: string | null | undefined; input: Parameters<typeof draftSession>[0] },
): Promise<AnswerOf<'startSession'>> {
  const hints = { named, sessionId: input.session_id };
  const projectId = await requireHome(call.access, services, hints);
  const draft = draftSession(input, {
    projectId,
    now: services.clock.now(),
    acceptsUnknownType: false,
    isByOrganisation: call.access.isOrganisation,
  });
  if ('issues' in draft) throw invalid(draft.issues);
  const names = namesOf(call, services);
  const [isKept] = await services.sampler.select([draft.event]);
  if (!isKept) return { ...toWireSession(draft.event, null, names), sampled: false };
  const [outcome] = await services.committer.submit(
    [{ kind: 'startSession', event: draft.event }],
    call.bodyBytes,
  );
  const root = outcome?.kind === 'stored' ? outcome.event : draft.event;
  const [rollup] =
    root.version > 1 ? await services.events.readRollups([projectId], [root.sessionId]) : [];
  return toWireSession(root, rollup ?? null, names);
}

export const addSessionTraces: Handler<'addSessionTraces'> = async (call, services) => {
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

export const addSessionEvents: Handler<'addSessionEvents'> = async (call, services) =>
  storeBatch(call, services, {
    items: call.body.events,
    at: 'events',
    sessionId: call.params.session_id,
    isStrict: true,
  });

export const getSession: Handler<'getSession'> = async (call, services) => {
  const sessionId = call.params.session_id;
  const projectId = await findSessionPlace(call, services);
  const root = await services.events.findEvent([projectId], sessionId);
  if (!root || !isRoot(root)) throw notFound('session', sessionId);
  const [rollup] = await services.events.readRollups([projectId], [sessionId]);
  return toWireSession(root, rollup ?? null, namesOf(call, services));
};

export const getSessionTree: Handler<'getSessionTree'> = async (call, services) => {
  const sessionId = call.params.session_id;
  const projectId = await findSessionPlace(call, services);
  const tree = await readTree(call, services, { projectId, sessionId });
  if (!tree) throw notFound('session', sessionId);
  return tree;
};

export const deleteSession: Handler<'deleteSession'> = async (call, services) => {
  const sessionId = call.params.session_id;
  const scope = await call.access.forLookup(call.query.project);
  const [outcome] = await services.committer.submit(
    [{ kind: 'deleteSession', sessionId, scope, now: services.clock.now() }],
    0,
  );
  await requireFound(call.access, outcome, { what: 'session', id: sessionId });
  return { success: true, deleted: sessionId };
};

/** The tree of a session, its root with the sums; null when there is no such session. */
export async function readTree(
  call: Pick<Call<'getSessionTree'>, 'access'>,
  services: Services,
  { projectId, sessionId }: { projectId: string; sessionId: string },
): Promise<AnswerOf<'getSessionTree'> | null> {
  const events = await services.events.readSession([projectId], sessionId, maxTreeEvents);
  const tree = buildTree(events);
  if (!tree) return null;
  const [rollup] = await services.events.readRollups([tree.event.projectId], [sessionId]);
  const names = namesOf(call, services);
  return treeToWire(tree, {
    root: (event) => toWireSession(event, rollup ?? null, names),
    child: (event) => toWireEvent(event, names),
  });
}

export const isRoot = (event: StoredEvent): boolean => event.eventId === event.sessionId;

/** Names for events that this request may see. */
export const namesOf = (
  call: Pick<Call<'getSession'>, 'access'>,
  services: Services,
): WireNames => ({
  organisationId: services.metadata.organisationId,
  projectName: (projectId) => call.access.projectName(projectId),
});

/** The project in which the session of the path is read. */
export const findSessionPlace = (
  call: Pick<Call<'getSession'>, 'access' | 'params' | 'query'>,
  services: Pick<Services, 'seenIds' | 'events'>,
): Promise<string> =>
  findPlace(call.access, services, {
    what: 'session',
    id: call.params.session_id,
    named: call.query.project,
  });
