import { buildEvent, buildSession } from 'honeyhive-testkit';
import type { OperationCaller, OperationInput } from 'honeyhive-testkit';
import type { OperationId, operations } from 'honeyhive-wire';
import { randomUUID } from 'node:crypto';
import { buildExport, buildLogs, buildRecord, buildSpan } from './otlp/spans.ts';
import { deliveryAttempts, sendToNobody } from './delivery-attempts.ts';
import { alertAttempts, slowCalls } from './alert-attempts.ts';
import { exploreAttempts, view } from './explore-attempts.ts';

/** A project with a session, an event in it, a held update and settings, which others must not touch. */
export interface Victim {
  readonly project: string;
  readonly projectId: string;
  readonly sessionId: string;
  readonly eventId: string;
  readonly viewId: string;
  readonly alertId: string;
  readonly keyId: string;
  readonly destinationId: string;
  readonly deliveryId: string;
}

/** Make a {@link Victim} with the key of the organisation. */
export async function createVictim(organisation: OperationCaller): Promise<Victim> {
  const project = `victim ${randomUUID()}`;
  const { id: projectId } = await organisation.ok('createProject', { body: { name: project } });
  const session = buildSession({ project, metadata: { owner: project } });
  const event = buildEvent({
    project,
    session_id: session.session_id,
    duration: 5,
    outputs: { owner: project },
  });
  await organisation.ok('startSession', { body: { session } });
  await organisation.ok('createEvent', { body: { event } });
  await organisation.ok('updateProjectSettings', {
    params: { project_id: projectId },
    body: { sampling_rate: 1, owner: project },
  });
  const viewId = randomUUID();
  await organisation.ok('saveView', {
    params: { view_id: viewId },
    query: { project },
    body: { ...view, query: `"owner":"${project}"` },
  });
  const alerts = { project_id: projectId };
  const { data: alert } = await organisation.ok('createAlert', {
    params: alerts,
    body: {
      ...slowCalls,
      filters: [{ field: 'metadata.owner', operator: 'is', value: project }],
      // Each evaluation would change what it says of itself.
      status: 'PAUSED',
    },
  });
  await organisation.ok('updateEvent', {
    query: { project },
    body: { event_id: randomUUID(), metadata: { owner: project } },
  });
  const { key } = await organisation.ok('createKey', {
    body: { name: 'of the victim', access: 'full', project },
  });
  const sent = await sendToNobody(organisation, projectId);
  return {
    project,
    projectId,
    sessionId: session.session_id,
    eventId: event.event_id,
    viewId,
    alertId: alert.id,
    keyId: key.id,
    ...sent,
  };
}

/** Everything that there is to know of a victim; equal before and after when nobody touched it. */
export async function readVictim(organisation: OperationCaller, victim: Victim): Promise<object> {
  const { project, projectId, sessionId } = victim;
  const params = { project_id: projectId };
  const query = { project };
  const [{ keys }, ...rest] = await Promise.all([
    organisation.ok('listKeys'),
    organisation.ok('getSessionTree', { params: { session_id: sessionId }, query }),
    organisation.ok('exportEvents', { body: { project } }),
    organisation.ok('getProject', { params }),
    organisation.ok('getProjectSettings', { params }),
    organisation.ok('countHeldUpdates', { params }),
    organisation.ok('listViews', { query }),
    organisation.ok('listAlertDestinations', { params }),
    organisation.ok('listAlertDeliveries', { params }),
    organisation.ok('listAlerts', { params }),
  ]);
  return { keys: keys.filter((key) => key.project_id === projectId), rest };
}

/** What a key of another project is answered. */
export type ForeignOutcome =
  /** 404: the thing is missing for it. */
  | 'not found'
  /** 200, and nothing of the victim in the answer. */
  | 'nothing of it'
  /** 403: not for keys of a project. */
  | 'forbidden';

/** A request for the victim, and its outcome with a key of another project. */
export interface Attempt {
  readonly foreign: ForeignOutcome;
  /** A request that would read, change or remove something of the victim. */
  readonly aim: (victim: Victim) => OperationInput;
  /** Whether the operation has a place to name the project for a key of the organisation. */
  readonly namesProject: boolean;
}

/** Operations that need a key. */
type Id = {
  [One in OperationId]: (typeof operations)[One]['access'] extends 'public' ? never : One;
}[OperationId];

const bySession = ({ project, sessionId }: Victim): OperationInput => ({
  params: { session_id: sessionId },
  query: { project },
});
const byEvent = ({ project, eventId }: Victim): OperationInput => ({
  params: { event_id: eventId },
  query: { project },
});
const byProject = ({ projectId }: Victim): OperationInput => ({
  params: { project_id: projectId },
});
const inQuery = ({ project }: Victim): OperationInput => ({ query: { project } });
const change = { metadata: { touched: true }, outputs: { touched: true } };
const eventOf = ({ sessionId, eventId }: Victim) =>
  buildEvent({ event_id: eventId, session_id: sessionId, event_name: 'taken over' });
const batchOf = (victim: Victim) => [eventOf(victim), buildEvent({ session_id: victim.sessionId })];

/** One attempt for each operation that needs a key. */
export const attempts: Readonly<Record<Id, Attempt>> = {
  ...exploreAttempts,
  ...alertAttempts,
  ...deliveryAttempts,
  startSession: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project, sessionId }) => ({
      body: { session: { project, session_id: sessionId, ...change } },
    }),
  },
  createSession: {
    foreign: 'nothing of it',
    namesProject: false,
    aim: ({ sessionId }) => ({ body: { session_id: sessionId, ...change } }),
  },
  addSessionTraces: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({
      params: { session_id: victim.sessionId },
      body: { events: batchOf(victim).map((event) => ({ ...event, project: victim.project })) },
    }),
  },
  addSessionEvents: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({
      params: { session_id: victim.sessionId },
      body: { events: batchOf(victim).map((event) => ({ ...event, project: victim.project })) },
    }),
  },
  getSession: { foreign: 'not found', namesProject: true, aim: bySession },
  getSessionTree: { foreign: 'not found', namesProject: true, aim: bySession },
  deleteSession: { foreign: 'not found', namesProject: true, aim: bySession },
  createEvent: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ body: { event: { ...eventOf(victim), project: victim.project } } }),
  },
  createEventStrict: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ body: { ...eventOf(victim), project: victim.project } }),
  },
  updateEvent: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project, eventId }) => ({ query: { project }, body: { event_id: eventId, ...change } }),
  },
  updateEventById: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ ...byEvent(victim), body: change }),
  },
  getEvent: { foreign: 'not found', namesProject: true, aim: byEvent },
  deleteEvent: { foreign: 'not found', namesProject: true, aim: byEvent },
  listEvents: { foreign: 'nothing of it', namesProject: true, aim: inQuery },
  exportEvents: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project } }),
  },
  searchEvents: { foreign: 'nothing of it', namesProject: false, aim: () => ({ body: {} }) },
  createEventBatch: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ body: { project: victim.project, events: batchOf(victim) } }),
  },
  createEventBatchStrict: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({
      body: { events: batchOf(victim).map((event) => ({ ...event, project: victim.project })) },
    }),
  },
  createModelEvent: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ body: { model_event: { ...eventOf(victim), project: victim.project } } }),
  },
  exportTraces: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project, sessionId, eventId }) => ({
      body: buildExport([
        buildSpan({
          'honeyhive.project': project,
          'honeyhive.session_id': sessionId,
          honeyhive_event_id: eventId,
        }),
      ]),
    }),
  },
  exportLogs: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project, sessionId }) => ({
      body: buildLogs([
        buildRecord('claude_code.user_prompt', {
          'honeyhive.project': project,
          'session.id': sessionId,
          prompt: 'taken over',
        }),
      ]),
    }),
  },
  exportMetrics: {
    foreign: 'nothing of it',
    namesProject: false,
    aim: () => ({ body: { resourceMetrics: [] } }),
  },
  createModelEventBatch: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: (victim) => ({ body: { project: victim.project, model_events: batchOf(victim) } }),
  },
  getEventsChart: { foreign: 'nothing of it', namesProject: true, aim: inQuery },
  getEventsSchema: { foreign: 'nothing of it', namesProject: true, aim: inQuery },
  listProjects: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ query: { name: project } }),
  },
  createProject: {
    foreign: 'forbidden',
    namesProject: false,
    aim: () => ({ body: { name: `grabbed ${randomUUID()}` } }),
  },
  updateProject: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ projectId }) => ({ body: { project_id: projectId, description: 'touched' } }),
  },
  deleteProject: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project }) => ({ query: { name: project } }),
  },
  getProject: { foreign: 'not found', namesProject: true, aim: byProject },
  updateProjectById: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...byProject(victim), body: { description: 'touched' } }),
  },
  deleteProjectById: { foreign: 'not found', namesProject: true, aim: byProject },
  createWorkspaceProject: {
    foreign: 'forbidden',
    namesProject: false,
    aim: () => ({
      params: { workspace_id: 'default' },
      body: { name: `grabbed ${randomUUID()}` },
    }),
  },
  getProjectRecord: { foreign: 'not found', namesProject: true, aim: byProject },
  updateProjectRecord: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...byProject(victim), body: { description: 'touched' } }),
  },
  deleteProjectRecord: { foreign: 'not found', namesProject: true, aim: byProject },
  countHeldUpdates: { foreign: 'not found', namesProject: true, aim: byProject },
  deleteHeldUpdates: { foreign: 'not found', namesProject: true, aim: byProject },
  listAudit: { foreign: 'forbidden', namesProject: false, aim: () => ({}) },
  getProjectSettings: { foreign: 'not found', namesProject: true, aim: byProject },
  updateProjectSettings: {
    foreign: 'not found',
    namesProject: true,
    aim: (victim) => ({ ...byProject(victim), body: { sampling_rate: 0 } }),
  },
};

/** The operations that {@link attempts} covers. */
export const guardedIds = Object.keys(attempts) as Id[];
