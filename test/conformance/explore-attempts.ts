import { randomUUID } from 'node:crypto';
import type { Attempt, Victim } from './victim.ts';

const inQuery = ({ project }: Victim) => ({ query: { project } });
/** A view to save. */
export const view = {
  name: 'slow ones',
  scope: 'sessions',
  query: 'duration:>10s',
  columns: ['status', 'name'],
  sort: { field: 'duration_ms', direction: 'descending' },
  range: '7d',
} as const;

/** Attempts on what the web UI asks. */
export const exploreAttempts = {
  listViews: { foreign: 'nothing of it', namesProject: true, aim: inQuery },
  saveView: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ params: { view_id: randomUUID() }, query: { project }, body: view }),
  },
  deleteView: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, viewId }) => ({ params: { view_id: viewId }, query: { project } }),
  },
  listKeys: { foreign: 'nothing of it', namesProject: false, aim: () => ({}) },
  createKey: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project }) => ({ body: { name: 'intruder', access: 'full', project } }),
  },
  revokeKey: {
    foreign: 'not found',
    namesProject: false,
    aim: ({ keyId }) => ({ params: { key_id: keyId } }),
  },
  exploreRows: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, scope: 'events' } }),
  },
  exploreHistogram: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, scope: 'events', from: 0, buckets: 1_000 } }),
  },
  exploreChart: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({
      body: { project, from: 0, aggregation: 'sum', group_by: 'event_name' },
    }),
  },
  exploreGroups: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, group_by: 'metadata.owner' } }),
  },
  exploreBatch: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({
      body: {
        project,
        questions: [
          { operation: 'exploreValues', body: { path: 'metadata.owner' } },
          { operation: 'exploreGroups', body: { group_by: 'metadata.owner' } },
        ],
      },
    }),
  },
  exploreDurations: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project } }),
  },
  exploreFields: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project } }),
  },
  exploreValues: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, path: 'metadata.owner' } }),
  },
  exploreFind: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, sessionId }) => ({
      params: { session_id: sessionId },
      body: { project, text: 'owner' },
    }),
  },
  exploreRetention: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, retention_days: 1 } }),
  },
  explorePrices: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, from: 0 } }),
  },
  exploreReprice: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, since: 0 } }),
  },
  exploreDifferences: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({
      body: {
        project,
        scope: 'events',
        selected: { filters: [{ field: 'outputs.owner', operator: 'exists' }] },
      },
    }),
  },
  exploreTail: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ query: { project, for_ms: 600, since: Date.now() - 60_000 } }),
  },
  exploreSessionTail: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, sessionId }) => ({
      params: { session_id: sessionId },
      query: { project, for_ms: 600, since: Date.now() - 60_000 },
    }),
  },
  exploreOnboarding: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ query: { project, for_ms: 600, since: Date.now() - 60_000 } }),
  },
  exploreSkeleton: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, sessionId }) => ({ params: { session_id: sessionId }, query: { project } }),
  },
  exploreEvent: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, eventId }) => ({ params: { event_id: eventId }, query: { project } }),
  },
  exploreEventPart: {
    foreign: 'not found',
    namesProject: true,
    aim: ({ project, eventId }) => ({
      params: { event_id: eventId, part: 'outputs' },
      query: { project },
    }),
  },
  exploreDelete: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project, eventId }) => ({ body: { project, scope: 'events', ids: [eventId] } }),
  },
} as const satisfies Readonly<Record<string, Attempt>>;
