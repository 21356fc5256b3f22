import type { FastifyRequest } from 'fastify';
import { bodyLimitOf, findIssues, isSegment } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import { createAccess } from '../handlers/access.ts';
import type { Access } from '../handlers/access.ts';
import type { Call, Caller, Services } from '../handlers/handler.ts';
import type { Authenticate } from './authenticate.ts';
import { chooseJson, readBody } from './body.ts';
import type { BodyReading } from './body.ts';
import type { BodyHold } from './body-budget.ts';
import { impatience, patience } from './body-watch.ts';
import type { BodyWatch } from './body-watch.ts';
import { jsonBoundsOf } from './json-bounds.ts';
import { callerOf } from './caller-of.ts';
import { readPreconditions } from './caller.ts';
import type { Edge } from './edge.ts';
import { requireSignInPage } from './own-page.ts';
import { chooseOtlp } from './otlp-format.ts';
import { noteKey } from './request-key.ts';
import { takeBody, takeRequest } from './take-rates.ts';
import type { RateHeaders } from './take-rates.ts';
import { unwrap } from './unwrap.ts';
import type { Unwrapped } from './unwrap.ts';

export interface ReadCallOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly edge: Edge;
  readonly maxBodyBytes: number;
  readonly bodyWatch: BodyWatch;
}

/** What belongs to one request. */
interface Own {
  /** What it holds of the memory for bodies. */
  readonly hold: BodyHold;
  /** Told how much of its limits the request leaves. */
  readonly tellRates: (headers: RateHeaders) => void;
}

/** The parts of a request that have a shape. */
interface Shaped {
  readonly query: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly unwrapped: Unwrapped;
}

/** The request, checked; `handler` alone knows the exact types that the checks stand for. */
export async function readCall(
  request: FastifyRequest,
  operation: Operation,
  options: ReadCallOptions & Own,
): Promise<Omit<Call<'getSession'>, 'signal'>> {
  const caller = callerOf(request, options);
  if (operation.tag === 'sign-in') requireSignInPage(request.headers, caller, operation);
  const access = await readAccess(request, operation, { ...options, caller });
  options.hold.own(access?.key.id ?? '');
  const body = operation.body ? await readBody(request.raw, toReading(operation, options)) : null;
  const query = flatten(request.query as Record<string, unknown>);
  const params = request.params as Record<string, string>;
  const unwrapped = await unwrap(body?.value, operation.wrapper, options.hold.grow);
  requireShapes(operation, { query, params, unwrapped });
  const asked = { params, query, body: unwrapped.value };
  const rates = await takeBody({ ...asked, access }, operation, options.services);
  rates.forEach(options.tellRates);
  return {
    params,
    query,
    body: unwrapped.value as undefined,
    bodyBytes: body?.bytes ?? 0,
    bodyPath: unwrapped.path,
    access: access as Access,
    caller,
    preconditions: readPreconditions(request.headers),
    clientTimeNs: readClientTime(request.headers['hh-client-timestamp']),
  };
}

/** @throws {Problem} `invalid_request` with everything that does not fit */
function requireShapes(operation: Operation, { query, params, unwrapped }: Shaped): void {
  const issues = [
    ...(operation.query ? findIssues(operation.query, query) : []),
    ...(operation.body ? findIssues(operation.body, unwrapped.value, unwrapped.path) : []),
    ...checkIds(params),
  ];
  if (issues.length === 0) return;
  throw invalid(issues.map((issue) => (issue.field === '' ? { ...issue, field: 'body' } : issue)));
}

async function readAccess(
  request: FastifyRequest,
  operation: Operation,
  options: ReadCallOptions & Own & { caller: Caller },
): Promise<Access | null> {
  if (operation.access === 'public') return null;
  const { method, headers } = request;
  const { authorization } = headers;
  const key = await options.authenticate({ method, authorization, caller: options.caller });
  noteKey(request, key);
  options.tellRates(takeRequest(key, options.services));
  const { metadata, clock, createsProjects, audit } = options.services;
  return createAccess(key, operation.access, {
    metadata,
    now: () => clock.now(),
    createsProjects,
    onProjectMade: ({ id }) =>
      audit.record({
        action: 'project.create',
        outcome: 'ok',
        actor: key.id,
        actorName: key.name,
        projectId: id,
        targets: [id],
        address: options.caller.address,
        requestId: request.id,
      }),
  });
}

function toReading(
  operation: Operation,
  { hold, bodyWatch, maxBodyBytes, services }: ReadCallOptions & Own,
): BodyReading {
  const { maxBatchEvents } = services;
  return {
    hold,
    bodyWatch,
    maxBytes: maxBytesOf(operation, maxBodyBytes),
    patience: operation.access === 'public' ? impatience : patience,
    chooseParse:
      operation.format === 'otlp'
        ? chooseOtlp(maxBatchEvents)
        : chooseJson(jsonBoundsOf(operation, maxBatchEvents)),
  };
}

/** Operations that store events take what the service is set to; smaller limits of others are fixed. */
const maxBytesOf = (operation: Operation, maxBodyBytes: number): number =>
  operation.access === 'ingest' ? maxBodyBytes : Math.min(bodyLimitOf(operation), maxBodyBytes);

/** Lists and nested objects of the query string as JSON text: handlers read both spellings alike. */
function flatten(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

const maxIdChars = 512;
const checkIds = (params: Readonly<Record<string, string>>) =>
  Object.entries(params).flatMap(([field, value]) => {
    if (value === '' || value.length > maxIdChars) {
      return [{ field, message: `expected 1 to ${maxIdChars} characters` }];
    }
    return isSegment(value) ? [] : [{ field, message: 'must not be "." or "..", encoded or not' }];
  });

function readClientTime(header: string | string[] | undefined): bigint | null {
  return typeof header === 'string' && /^\d{1,20}$/.test(header) ? BigInt(header) : null;
}
