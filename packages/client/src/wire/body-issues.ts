import { parseInstant } from 'honeyhive-facts';
import type { Issue } from '../errors/errors.ts';
import { bodySchemas } from '../generated/schemas.ts';
import { eventTypes } from '../generated/types.ts';
import { isObject } from '../json/json-object.ts';
import { findSchemaIssues } from './schema.ts';

/** What of a body the service would refuse; empty when nothing is known to be wrong with it. */
export function findBodyIssues(endpoint: keyof typeof bodySchemas, body: unknown): Issue[] {
  return [
    ...findSchemaIssues(bodySchemas[endpoint], body),
    ...(timed.has(endpoint) ? findTimeIssues(body) : []),
    ...(endpoint === 'createEvent' ? findTypeIssues(body) : []),
  ];
}

/** The contract has any text for the kind, because a batch takes an unknown one for `chain`. */
function findTypeIssues(event: unknown): Issue[] {
  const type = isObject(event) ? event['event_type'] : undefined;
  if (typeof type !== 'string' || isEventType(type)) return [];
  const message = `must be one of ${eventTypes.join(', ')}; got ${JSON.stringify(type.slice(0, 60))}`;
  return [{ field: 'event_type', message }];
}

/** The bodies whose times are instants; of others they are names like any. */
const timed: ReadonlySet<string> = new Set<keyof typeof bodySchemas>([
  'startSession',
  'createEvent',
  'updateEvent',
]);

/** The contract has any text for a time: how it is read is not for a schema to say. */
function findTimeIssues(body: unknown): Issue[] {
  if (!isObject(body)) return [];
  const message = 'expected epoch milliseconds or an ISO-8601 string';
  return ['start_time', 'end_time']
    .filter((field) => isNoInstant(body[field]))
    .map((field) => ({ field, message }));
}

const isNoInstant = (value: unknown): boolean =>
  typeof value === 'string' && parseInstant(value) === null;

export const isEventType = (type: unknown): boolean => eventTypes.some((known) => known === type);
