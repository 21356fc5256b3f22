import { draftEvent, findOddTimes } from '../domain/event-draft.ts';
import { findUnchanged, parsePatch } from '../domain/event-patch.ts';
import { changeTooLarge } from '../domain/event-size.ts';
import { invalid, notFound } from '../domain/problem.ts';
import { toWireEvent } from '../domain/wire-event.ts';
import { senderOf } from '../calls/access.ts';
import type { AnswerOf, Call, Handler } from '../calls/handler.ts';
import { namesOf } from '../calls/wire-names.ts';
import type { EventReads } from '../domain/event-store.ts';
import { isRoot } from '../domain/stored-event.ts';
import { notHeld } from '../held-updates/not-held.ts';
import type { PatchWrite, Sampler } from '../ingest/sampler.ts';
import { sessionIdOf, storeBatch } from './batch.ts';
import type { BatchServices } from './batch.ts';
import type { ChartServices } from './charts.ts';
import type { ListServices } from './lists.ts';
import { findPlace, requireFound, requireHome } from '../projects/home-project.ts';
import {
  differencesOf,
  findRefusal,
  ifQueued,
  toCreated,
  toProblem,
  toWarnings,
} from './outcome.ts';
import { fromModelEvent } from './model-event.ts';
import { readTree } from './read-tree.ts';
import type { TreeServices } from './read-tree.ts';

export { getEventsChart, getEventsSchema } from './charts.ts';
export { exportEvents, listEvents, searchEvents } from './lists.ts';

export type EventServices = BatchServices &
  TreeServices &
  ListServices &
  ChartServices & {
    readonly events: Pick<EventReads, 'findEvent'>;
    readonly sampler: Pick<Sampler, 'selectUpdate'>;
  };

export const createEvent: Handler<'createEvent', EventServices> = async (call, services) =>
  store(call, services, call.body);

export const createEventStrict: Handler<'createEventStrict', EventServices> = async (
  call,
  services,
) => store(call, services, call.body);

export const createModelEvent: Handler<'createModelEvent', EventServices> = async (
  call,
  services,
) => store(call, services, fromModelEvent(call.body));

async function store(
  call: Pick<Call<'createEvent'>, 'access' | 'bodyBytes' | 'bodyPath'>,
  services: EventServices,
  input: Parameters<typeof draftEvent>[0],
): Promise<AnswerOf<'createEvent'>> {
  const { access } = call;
  const hints = { named: input.project, sessionId: sessionIdOf(input) };
  const projectId = await requireHome(access, services, hints);
  const draft = draftEvent(input, {
    projectId,
    now: services.clock.now(),
    acceptsUnknownType: false,
    ...senderOf(access),
    pricer: await services.pricing.of(projectId),
  });
  if ('issues' in draft) {
    throw invalid(
      draft.issues.map(({ field, message }) => ({
        field: [...call.bodyPath, field].join('.'),
        message,
      })),
    );
  }
  const created = { ...toCreated(draft.event), success: true } as const;
  const create = { kind: 'create', event: draft.event, sent: input } as const;
  const [writes] = await services.sampler.select([create]);
  if (!writes) return { ...created, sampled: false };
  const outcome = (await services.committer.submit(writes, call.bodyBytes)).at(-1);
  const refused = findRefusal(outcome, { field: 'event_id', value: created.event_id }, access);
  if (refused) throw toProblem([refused]);
  const warnings = toWarnings([...draft.warnings, ...differencesOf(outcome)]);
  return { ...created, ...ifQueued(outcome), ...warnings };
}

export const createEventBatch: Handler<'createEventBatch', EventServices> = async (
  call,
  services,
) => {
  const { body } = call;
  return storeBatch(call, services, {
    items: body.events,
    at: 'events',
    project: body.project,
    sharedSession: sharedSessionOf(body),
  });
};

export const createEventBatchStrict: Handler<'createEventBatchStrict', EventServices> = async (
  call,
  services,
) =>
  storeBatch(call, services, {
    items: call.body.events,
    at: 'events',
    isStrict: true,
    sharedSession: sharedSessionOf(call.body),
  });

export const createModelEventBatch: Handler<'createModelEventBatch', EventServices> = async (
  call,
  services,
) => {
  const { body } = call;
  return storeBatch(call, services, {
    items: body.model_events,
    at: 'model_events',
    project: body.project,
    convert: fromModelEvent,
    sharedSession: sharedSessionOf(body),
  });
};

function sharedSessionOf(body: {
  is_single_session?: boolean | null | undefined;
  single_session?: boolean | null | undefined;
  session?: Record<string, unknown> | null | undefined;
  session_properties?: Record<string, unknown> | null | undefined;
}) {
  return {
    isOne: (body.is_single_session ?? body.single_session) === true,
    properties: body.session_properties ?? body.session ?? null,
  };
}

export const updateEvent: Handler<'updateEvent', EventServices> = async (call, services) => {
  const { event_id: eventId, ...input } = call.body;
  const beside = typeof input['project'] === 'string' ? input['project'] : undefined;
  return update(call, services, { eventId, input, named: call.query.project ?? beside });
};

export const updateEventById: Handler<'updateEventById', EventServices> = async (call, services) =>
  update(call, services, {
    eventId: call.params.event_id,
    input: call.body,
    named: call.query.project,
  });

/** A change, and the event it is for. */
interface Update {
  readonly eventId: string;
  readonly input: Parameters<typeof parsePatch>[0];
  /** Project that the request names. */
  readonly named: string | undefined;
}

async function update(
  call: Call<'updateEvent'> | Call<'updateEventById'>,
  services: EventServices,
  { eventId, input, named }: Update,
): Promise<AnswerOf<'updateEvent'>> {
  const parsed = parsePatch(input);
  if ('issues' in parsed) throw invalid(parsed.issues);
  const scope = await call.access.forLookup(named);
  const write: PatchWrite = {
    kind: 'patch',
    eventId,
    scope,
    patch: parsed.patch,
    now: services.clock.now(),
    clientTimeNs: call.clientTimeNs,
  };
  const writes = await services.sampler.selectUpdate(write);
  if (!writes) return { success: true, event_id: eventId, sampled: false };
  const outcome = (await services.committer.submit(writes, call.bodyBytes)).at(-1);
  if (outcome?.kind === 'notHeld') throw notHeld(outcome.limit);
  if (outcome?.kind === 'tooLarge') throw changeTooLarge(eventId);
  await requireFound(call.access, outcome, { what: 'event', id: eventId });
  return {
    success: true,
    event_id: eventId,
    ...(outcome?.kind === 'held' ? { held: true } : {}),
    ...ifQueued(outcome),
    ...toWarnings([...findUnchanged(input), ...findOddTimes(input, parsed.patch, write.now)]),
  };
}

export const getEvent: Handler<'getEvent', EventServices> = async (call, services) => {
  const eventId = call.params.event_id;
  const wanted = { what: 'event', id: eventId, named: call.query.project } as const;
  const projectId = await findPlace(call.access, services, wanted);
  const event = await services.events.findEvent([projectId], eventId);
  if (!event) throw notFound('event', eventId);
  if (isRoot(event)) {
    const tree = await readTree(call, services, event);
    if (!tree) throw notFound('event', eventId);
    const { children, ...session } = tree;
    return { ...session, children, event: session };
  }
  const wire = toWireEvent(event, namesOf(call, services));
  return { ...wire, event: wire };
};

export const deleteEvent: Handler<'deleteEvent', EventServices> = async (call, services) => {
  const eventId = call.params.event_id;
  const scope = await call.access.forLookup(call.query.project);
  const [outcome] = await services.committer.submit(
    [{ kind: 'delete', eventId, scope, now: services.clock.now() }],
    0,
  );
  await requireFound(call.access, outcome, { what: 'event', id: eventId });
  return { success: true, deleted: eventId };
};
