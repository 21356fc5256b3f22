import { bodyLimitOf, checkInput, operations, storesMany } from 'honeyhive-wire';
import type { Issue, Operation, OperationId } from 'honeyhive-wire';
import { invalid } from '../domain/problem.ts';
import { createAccess } from '../calls/access.ts';
import type { Access } from '../calls/access.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { AccessFor, Call, Caller } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { ProjectStore } from '../projects/project-store.ts';
import type { Authenticate } from './authenticate.ts';
import { chooseJson, readBody } from './body/body.ts';
import type { BodyReading } from './body/body.ts';
import type { BodyHold } from './body/body-budget.ts';
import { impatience, patience } from './body/body-watch.ts';
import type { BodyWatch } from './body/body-watch.ts';
import { jsonBoundsOf } from './json/json-bounds.ts';
import { callerOf } from './caller-of.ts';
import type { CallerServices } from './caller-of.ts';
import { readPreconditions } from './caller.ts';
import type { Edge } from './edge.ts';
import type { Incoming } from './incoming.ts';
import { requireSignInPage } from './ui/own-page.ts';
import { readAuthorization } from './basic-key.ts';
import { chooseOtlp } from './otlp-format.ts';
import { noteKey } from './request-key.ts';
import { takeBody, takeRequest } from './take-rates.ts';
import type { RateHeaders, RateServices } from './take-rates.ts';
import { unwrap } from './body/unwrap.ts';

export interface ReadCallServices extends RateServices, CallerServices {
  readonly metadata: ProjectStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: AuditLog;
  readonly maxBatchEvents: number;
  /** Whether a write makes the project that it names. */
  readonly createsProjects: boolean;
}

export interface ReadCallOptions {
  readonly services: ReadCallServices;
  readonly authenticate: Authenticate;
  readonly edge: Edge;
  readonly maxBodyBytes: number;
  readonly bodyWatch: BodyWatch;
}

/** What belongs to one request. */
interface Own {
  /** What it holds of the memory for bodies. */
  readonly hold: BodyHold;
  /** Called with the remaining quota of the request. */
  readonly tellRates: (headers: RateHeaders) => void;
}

/** What the framework has read of a request: text, whatever the table says of it. */
export interface CallShape {
  Params: Readonly<Record<string, string>>;
  Querystring: Readonly<Record<string, unknown>>;
}

/** The request, checked against the table. */
export async function readCall<Id extends OperationId>(
  request: Incoming,
  id: Id,
  options: ReadCallOptions & Own,
): Promise<Omit<Call<Id>, 'signal'>> {
  const operation: Operation = operations[id];
  const caller = callerOf(request, options);
  if (operation.tag === 'sign-in') requireSignInPage(request.headers, caller, operation);
  const access = await readAccess(request, operation, { ...options, caller });
  if (!isAccessFor(id, access)) throw new Error(`${id}: the key was not read`);
  options.hold.own(access?.key.id ?? '');
  const body = operation.body ? await readBody(request.raw, toReading(operation, options)) : null;
  const unwrapped = await unwrap(body?.value, operation.wrapper, options.hold.grow);
  const raw = {
    params: request.params,
    query: flatten(request.query),
    body: unwrapped.value,
  };
  const input = checkInput(id, raw, unwrapped.path);
  if (isIssues(input)) {
    throw invalid(input.map((issue) => (issue.field === '' ? { ...issue, field: 'body' } : issue)));
  }
  const rates = await takeBody(input, operation, { ...options.services, access });
  rates.forEach(options.tellRates);
  return {
    ...input,
    bodyBytes: body?.bytes ?? 0,
    bodyPath: unwrapped.path,
    access,
    caller,
    preconditions: readPreconditions(request.headers),
    clientTimeNs: readClientTime(request.headers['hh-client-timestamp']),
  };
}

const isIssues = <Input extends object>(
  result: Input | readonly Issue[],
): result is readonly Issue[] => Array.isArray(result);

/** An operation is called with a key, unless it is public. */
const isAccessFor = <Id extends OperationId>(
  id: Id,
  access: Access | null,
): access is Access & AccessFor<Id> => (operations[id].access === 'public') === (access === null);

async function readAccess(
  request: Incoming,
  operation: Operation,
  options: ReadCallOptions & Own & { caller: Caller },
): Promise<Access | null> {
  if (operation.access === 'public') return null;
  const { method, headers } = request;
  const authorization = readAuthorization(headers.authorization, operation);
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
        ? chooseOtlp(operation, maxBatchEvents)
        : chooseJson(jsonBoundsOf(operation, maxBatchEvents)),
  };
}

/** Requests with many events take what the service is set to; smaller limits of others are fixed. */
const maxBytesOf = (operation: Operation, maxBodyBytes: number): number =>
  storesMany(operation) ? maxBodyBytes : Math.min(bodyLimitOf(operation), maxBodyBytes);

/** Lists and nested objects of the query string as JSON text: handlers read both spellings the same way. */
function flatten(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function readClientTime(header: string | string[] | undefined): bigint | null {
  return typeof header === 'string' && /^\d{1,20}$/.test(header) ? BigInt(header) : null;
}
