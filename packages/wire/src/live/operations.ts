import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { stream } from './schemas.ts';
import { projectText } from '../shapes.ts';

const streamQuery = {
  project: projectText,
  since: z.string().optional().meta({
    description: 'Resume token, where no header `last-event-id` can be sent.',
  }),
  for_ms: z.string().optional().meta({
    description: 'Milliseconds after which the stream ends. Default: it does not.',
  }),
};

const streamHeaders = {
  'cache-control': '`no-store`.',
  'x-accel-buffering': '`no`: proxies are asked to pass events on at once.',
};

/** The streams of server-sent events that the web UI follows. */
export const liveOperations = {
  exploreTail: {
    id: 'exploreTail',
    method: 'GET',
    paths: ['/v1/explore/tail'],
    tag: 'explore',
    summary:
      'Events as they are stored, as server-sent events: `listening`, `rows`, `dropped`; resumes after `last-event-id`',
    access: 'read',
    scope: 'project',
    query: z.object({
      ...streamQuery,
      q: z.string().optional().meta({
        description: 'JSON: a list of filters, or `{"filters": […], "text": "…"}`. Default: all.',
      }),
    }),
    response: stream,
    produces: ['text/event-stream'],
    headers: streamHeaders,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
  exploreSessionTail: {
    id: 'exploreSessionTail',
    method: 'GET',
    paths: ['/v1/explore/sessions/{session_id}/tail'],
    tag: 'explore',
    summary: 'The same of one session',
    access: 'read',
    scope: 'project',
    query: z.object(streamQuery),
    response: stream,
    produces: ['text/event-stream'],
    headers: streamHeaders,
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
  exploreOnboarding: {
    id: 'exploreOnboarding',
    method: 'GET',
    paths: ['/v1/explore/onboarding'],
    tag: 'explore',
    summary:
      'What arrives in a project, and as `rejected` what was refused and why, as server-sent events; never a word of whoever sent it. Requests without a known key are shown to keys of the organisation alone',
    access: 'read',
    scope: 'project',
    query: z.object(streamQuery),
    response: stream,
    produces: ['text/event-stream'],
    headers: streamHeaders,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
