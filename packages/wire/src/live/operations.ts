import { z } from 'zod';
import type { Operation } from '../operation.ts';
import { stream } from './schemas.ts';
import { projectText } from '../shapes.ts';

const streamQuery = {
  project: projectText,
  since: z.string().optional().meta({
    description: 'Resume token, if the header `last-event-id` cannot be sent.',
  }),
  for_ms: z.string().optional().meta({
    description: 'Milliseconds after which the stream ends. Default: no limit.',
  }),
};

const streamHeaders = {
  'cache-control': '`no-store`.',
  'x-accel-buffering': '`no`: disables buffering in proxies.',
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
    errors: ['conflict'],
    idempotent: true,
    source: 'ours',
  },
  exploreSessionTail: {
    id: 'exploreSessionTail',
    method: 'GET',
    paths: ['/v1/explore/sessions/{session_id}/tail'],
    tag: 'explore',
    summary: 'The tail of one session: events as they are stored, as server-sent events',
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
      'Events that arrive in a project, and rejected requests with the reason (`rejected`), as server-sent events; without text from the sender. Requests with an unknown key are visible to organisation keys only',
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
