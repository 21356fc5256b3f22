import { isObject } from './decode.ts';
import type { Issue } from './errors.ts';
import { bodySchemas } from './generated/schemas.ts';
import { eventTypes } from './generated/types.ts';
import { findSchemaIssues } from './schema.ts';

/** What of a body the service would refuse; empty when nothing is known to be wrong with it. */
export function findBodyIssues(endpoint: keyof typeof bodySchemas, body: unknown): Issue[] {
  const issues = findSchemaIssues(bodySchemas[endpoint], body);
  return endpoint === 'createEvent' ? [...issues, ...findTypeIssues(body)] : issues;
}

/** The contract has any text for the kind, because a batch takes an unknown one for `chain`. */
function findTypeIssues(event: unknown): Issue[] {
  const type = isObject(event) ? event['event_type'] : undefined;
  if (typeof type !== 'string' || isEventType(type)) return [];
  const message = `must be one of ${eventTypes.join(', ')}; got ${JSON.stringify(type.slice(0, 60))}`;
  return [{ field: 'event_type', message }];
}

export const isEventType = (type: unknown): boolean => eventTypes.some((known) => known === type);
