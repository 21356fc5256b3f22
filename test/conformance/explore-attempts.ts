import type { Attempt } from './victim.ts';

/** Attempts on what the web UI asks. */
export const exploreAttempts = {
  exploreRows: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, scope: 'events' } }),
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
