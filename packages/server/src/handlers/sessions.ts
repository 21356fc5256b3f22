import { draftSession } from '../domain/event-draft.ts';
import { invalid, notFound } from '../domain/problem.ts';
import { buildTree, treeToWire } from '../domain/session-tree.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { toWireEvent, toWireSession } from '../domain/wire-event.ts';
import type { WireNames } from '../domain/wire-event.ts';
import { storeBatch } from './batch.ts';
import type { Call, Handler, Services } from './handler.ts';

/** Most events that one session tree holds. */
const maxTreeEvents = 100_000;

export const startSession: Handler<'startSession'> = async (call, services) => {
  const { body, access } = call;
  const project = await access.forWrite(body.project);
  return start(call, services, { projectId: project.id, input: body });
};

export const createSession: Handler<'createSession'> = async (call, services) => {
  const project = await call.access.forWrite(null);
  return start(call, services, { projectId: project.id, input: call.body });
};

async function start(
  call: Call<'startSession'> | Call<'createSession'>,
  services: Services,
  { projectId, input }: { projectId: string; input: Parameters<typeof draftSession>[0] },
): Promise<unknown> {
  const draft = draftSession(input, {
    projectId,
    now: services.clock.now(),
    acceptsUnknownType: false,
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
    sessionId: sessionIdOf(call),
  });
};

export const addSessionEvents: Handler<'addSessionEvents'> = async (call, services) =>
  storeBatch(call, services, {
    items: call.body.events,
    at: 'events',
    sessionId: sessionIdOf(call),
    isStrict: true,
  });

export const getSession: Handler<'getSession'> = async (call, services) => {
  const sessionId = sessionIdOf(call);
  const projectIds = await call.access.forLookup(call.query.project);
  const found = await services.events.findEvent(projectIds, sessionId);
  const root =
    found && isRoot(found)
      ? found
      : (await services.events.readEvents(projectIds, [sessionId])).find(isRoot);
  if (!root) throw notFound('session', sessionId);
  const [rollup] = await services.events.readRollups([root.projectId], [sessionId]);
  return toWireSession(root, rollup ?? null, namesOf(call, services));
};

export const getSessionTree: Handler<'getSessionTree'> = async (call, services) => {
  const sessionId = sessionIdOf(call);
  const projectIds = await call.access.forLookup(call.query.project);
  const tree = await readTree(call, services, { projectIds, sessionId });
  if (!tree) throw notFound('session', sessionId);
  return tree;
};

export const deleteSession: Handler<'deleteSession'> = async (call, services) => {
  const sessionId = sessionIdOf(call);
  const projectIds = await call.access.forLookup(call.query.project);
  const [outcome] = await services.committer.submit(
    [{ kind: 'deleteSession', sessionId, projectIds, now: services.clock.now() }],
    0,
  );
  if (outcome?.kind !== 'deleted') throw notFound('session', sessionId);
  return { success: true, deleted: sessionId };
};

/** The tree of a session, its root with the sums; null when there is no such session. */
export async function readTree(
  call: Pick<Call<'getSessionTree'>, 'access'>,
  services: Services,
  { projectIds, sessionId }: { projectIds: readonly string[]; sessionId: string },
): Promise<Record<string, unknown> | null> {
  const events = await services.events.readSession(projectIds, sessionId, maxTreeEvents);
  const tree = buildTree(events);
  if (!tree) return null;
  const [rollup] = await services.events.readRollups([tree.event.projectId], [sessionId]);
  const names = namesOf(call, services);
  return treeToWire(tree, (event) =>
    isRoot(event) ? toWireSession(event, rollup ?? null, names) : toWireEvent(event, names),
  );
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

const sessionIdOf = (call: { params: Readonly<Record<string, string>> }): string =>
  call.params['session_id'] ?? '';
