import type { Received } from '../call/call.ts';
import type { Core } from '../call/core.ts';
import type { Issue } from '../errors/errors.ts';
import { refuse } from '../errors/refusal.ts';
import { isObject } from '../json/json-object.ts';
import { parseJson } from '../json/parse-json.ts';
import type { CallOptions } from '../options/options.ts';
import { violation } from '../wire/decode.ts';
import { isDotSegment } from '../wire/dot-segment.ts';
import type { QueryParameters } from '../wire/query.ts';

/** Options of {@link sendRequest}. */
export interface RequestOptions extends CallOptions {
  /** Query of the URL. A list stands for the name given several times, an object for its JSON. */
  readonly params?: QueryParameters | undefined;
  /** Body, sent as JSON. */
  readonly json?: unknown;
}

/** A response of the service. */
export interface ApiResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when the service sent JSON, else text; null when the body was empty. */
  readonly data: unknown;
}

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

export async function sendRequest(
  core: Core,
  { method, path }: { readonly method: string; readonly path: string },
  options: RequestOptions = {},
): Promise<ApiResponse> {
  const { params, json, ...callOptions } = options;
  const verb = String(method).toUpperCase();
  const issues = findIssues(verb, path);
  if (issues.length > 0) throw refuse('request', issues);
  const answer = await core.call(
    {
      operation: `request ${verb} ${path}`,
      method: verb,
      path,
      query: params,
      json: redactBody(core, json),
      replay: repeatable.has(verb) ? 'safe' : 'unsafe',
      needsKey: false,
    },
    callOptions,
  );
  const { status, headers } = answer;
  return { status, headers, data: toData(answer) };
}

function findIssues(verb: string, path: unknown): Issue[] {
  const isMethod = /^[A-Z]+$/.test(verb) && verb !== 'CONNECT';
  // A whole URL would take the key to another host.
  const isPath = typeof path === 'string' && /^\/(?!\/)[\x21-\x7e]*$/.test(path);
  return [
    ...(isMethod ? [] : [{ field: 'method', message: 'must be an HTTP method' }]),
    ...(isPath
      ? []
      : [
          {
            field: 'path',
            message: "must begin with one '/' and be encoded; the host is that of baseUrl",
          },
        ]),
    ...(isPath && hasDotSegment(path)
      ? [{ field: 'path', message: "must not have a segment '.' or '..', encoded or not" }]
      : []),
  ];
}

/** The query is left alone; URL parsers take a backslash for a slash. */
const hasDotSegment = (path: string): boolean =>
  (/^[^?#]*/.exec(path)?.[0] ?? '').split(/[/\\]/).some(isDotSegment);

const single = ['event', 'session', 'model_event'];
const many = ['events', 'model_events', 'logs'];
const ownKeys = ['event_id', 'event_type', 'session_id'];

/** The events in a body are redacted as those of the methods are, in whichever wrapper they come. */
function redactBody(core: Core, json: unknown): unknown {
  if (!core.isRedacting || json === undefined) return json;
  const redact = (item: unknown) => (isObject(item) ? core.redact('request', item) : item);
  const plain = toPlain(json);
  if (Array.isArray(plain)) return plain.map(redact);
  if (!isObject(plain)) return plain;
  if (ownKeys.some((key) => key in plain)) return redact(plain);
  const entries = Object.entries(plain).map(([key, value]) => {
    if (single.includes(key)) return [key, redact(value)];
    return [key, many.includes(key) && Array.isArray(value) ? value.map(redact) : value];
  });
  return Object.fromEntries(entries);
}

function toPlain(json: unknown): unknown {
  try {
    return parseJson(JSON.stringify(json) ?? '');
  } catch {
    // The call refuses what cannot be written, and says why.
    return json;
  }
}

function toData(answer: Received): unknown {
  const { headers, body, json } = answer;
  if (body === '') return null;
  const isJson = /^application\/(?:[\w.+-]*\+)?json\b/i.test(headers['content-type'] ?? '');
  if (!isJson) return body;
  if (json === undefined) throw violation(answer, '', 'JSON');
  return json;
}
