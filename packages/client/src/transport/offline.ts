import type { Issue } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import { toStoredEvent, toStoredSession } from '../wire/answer-shape.ts';
import type { AnswerContext } from '../wire/answer-shape.ts';
import { findBodyIssues } from '../wire/body-issues.ts';
import type { WireRequest, WireResponse } from '../wire/pipeline.ts';
import { version } from '../wire/version.ts';
import { takeBatch } from './offline-batch.ts';
import type { Transport } from './transport.ts';

/** A request as the routes look at it. */
interface Asked {
  readonly body: unknown;
  /** The part of the path with the id or name; empty if missing. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly context: OfflineContext;
}

/** What answers are made from. */
export interface OfflineContext extends AnswerContext {
  newId(): string;
}

type Answer = (asked: Asked) => JsonObject;

/** A body that the service would refuse. */
class Refusal extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super('the body cannot be used');
    this.issues = issues;
  }
}

/**
 * Says what a service would say to a request that it can use, and why to one that it cannot; keeps nothing, and opens
 * no connection.
 */
export function createOfflineTransport(context: OfflineContext): Transport {
  return {
    send: async (request, signal) => {
      if (signal.aborted) throw signal.reason;
      const [path = '', search = ''] = request.path.split('?');
      const found = findRoute(request.method, path);
      if (found === null) return toProblem(404, `test mode has no ${request.method} ${path}`, []);
      const query = new URLSearchParams(search);
      try {
        const body = await readBody(request);
        return toResponse(200, found.answer({ body, id: found.id, query, context }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return toProblem(400, error.message, error.issues);
      }
    },
    close: async () => undefined,
  };
}

/** Method and path, up to the id, to the answer. */
const routes: readonly (readonly [method: string, path: RegExp, answer: Answer])[] = [
  ['GET', /^\/(?:api\/v1\/)?health$/, toHealth],
  ['POST', /^\/session\/start$/, startSession],
  [
    'GET',
    /^\/session\/([^/]+)$/,
    ({ id, context }) => toStoredSession({ session_id: id }, context),
  ],
  ['POST', /^\/events$/, createEvent],
  ['PUT', /^\/events$/, updateEvent],
  ['GET', /^\/v1\/events\/([^/]+)$/, getEvent],
  ['POST', /^\/v1\/events\/export$/, exportEvents],
  ['POST', /^\/events\/batch$/, createEventBatch],
  ['GET', /^\/projects$/, listProjects],
  ['POST', /^\/projects$/, createProject],
  ['GET', /^\/v1\/projects\/([^/]+)\/settings$/, toSettings],
  ['PUT', /^\/v1\/projects\/([^/]+)\/settings$/, updateSettings],
];

function findRoute(method: string, path: string): { answer: Answer; id: string } | null {
  for (const [verb, pattern, answer] of routes) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match !== null) return { answer, id: decodeURIComponent(match[1] ?? '') };
  }
  return null;
}

const iso = ({ context }: Asked): string => new Date(context.now()).toISOString();

function checked(
  endpoint: Parameters<typeof findBodyIssues>[0],
  body: unknown,
  answer: (body: JsonObject) => JsonObject,
): JsonObject {
  const issues = findBodyIssues(endpoint, body);
  if (issues.length > 0) throw new Refusal(issues);
  return answer(isObject(body) ? body : {});
}

/** The contract lets a body stand inside a key or on its own. */
const unwrap = (body: unknown, key: string): unknown =>
  isObject(body) && key in body ? body[key] : body;

function toHealth(asked: Asked): JsonObject {
  return { status: 'ok', version, uptime_ms: 0, timestamp: iso(asked) };
}

function startSession({ body, context }: Asked): JsonObject {
  return checked('startSession', unwrap(body, 'session'), (session) =>
    toStoredSession({ ...session, session_id: session['session_id'] ?? context.newId() }, context),
  );
}

function createEvent({ body, context }: Asked): JsonObject {
  return checked('createEvent', unwrap(body, 'event'), (event) => {
    const id = event['event_id'] ?? context.newId();
    const stored = toStoredEvent({ ...event, event_id: id }, context);
    const { session_id: sessionId, event_type: type, event_name: name } = stored;
    return {
      event_id: id,
      success: true,
      session_id: sessionId,
      event_type: type,
      event_name: name,
    };
  });
}

function updateEvent({ body }: Asked): JsonObject {
  return checked('updateEvent', body, ({ event_id: id }) => ({ success: true, event_id: id }));
}

function getEvent({ id, context }: Asked): JsonObject {
  const event = toStoredEvent({ event_id: id, event_type: 'chain' }, context);
  return { ...event, event };
}

function exportEvents({ body }: Asked): JsonObject {
  return checked('exportEvents', body, () => ({ events: [], totalEvents: 0, count: 0 }));
}

function createEventBatch({ body, context }: Asked): JsonObject {
  return checked('createEventBatch', body, ({ events }) => {
    const result = takeBatch(Array.isArray(events) ? events : [], context);
    if ('issues' in result) throw new Refusal(result.issues);
    return result.stored;
  });
}

function listProjects(asked: Asked): JsonObject {
  const name = asked.query.get('name');
  const projects = name === null ? [] : [toProject({ name }, asked)];
  const limit = Number(asked.query.get('limit') ?? 100);
  const offset = Number(asked.query.get('offset') ?? 0);
  return { projects, total: projects.length, limit, offset, has_more: false };
}

function createProject(asked: Asked): JsonObject {
  return checked('createProject', asked.body, (project) => toProject(project, asked));
}

function toProject(project: JsonObject, asked: Asked): JsonObject {
  const { name, description, type, ...metadata } = project;
  return {
    id: asked.context.newId(),
    name,
    description: description ?? '',
    ...(typeof type === 'string' ? { type } : {}),
    org_id: 'default',
    workspace_id: 'default',
    metadata,
    created_at: iso(asked),
    updated_at: iso(asked),
    event_count: 0,
    session_count: 0,
  };
}

function toSettings(asked: Asked): JsonObject {
  return {
    project: asked.id,
    sampling_rate: 1,
    retention_days: null,
    payload_retention_days: null,
    sampling_by_source: {},
    sampling_by_event_type: {},
    keep_errors: false,
    keep_feedback: false,
    alert_thresholds: {},
    alert_states: {},
    updated_at: iso(asked),
  };
}

function updateSettings(asked: Asked): JsonObject {
  return checked('updateProjectSettings', asked.body, (change) => ({
    ...toSettings(asked),
    ...change,
    alert_thresholds: change['alert_thresholds'] ?? {},
  }));
}

async function readBody({ body, headers }: WireRequest): Promise<unknown> {
  if (body === null) return undefined;
  if (typeof body === 'string') return parseJson(body);
  const bytes = new Blob([new Uint8Array(body)]).stream();
  const encoding = headers['content-encoding'];
  const plain =
    encoding === 'gzip' || encoding === 'deflate'
      ? bytes.pipeThrough(new DecompressionStream(encoding))
      : bytes;
  return parseJson(await new Response(plain).text());
}

const toResponse = (status: number, body: JsonObject): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const toProblem = (status: number, message: string, issues: readonly Issue[]): WireResponse =>
  toResponse(status, {
    statusCode: status,
    message,
    success: false,
    errorCode: status === 404 ? 'not_found' : 'invalid_request',
    issues,
  });
