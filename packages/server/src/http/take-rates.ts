import type { Operation } from 'honeyhive-wire';
import type { ApiKey } from '../keys/key-store.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { Access } from '../calls/access.ts';
import type { RateLimits } from '../fairness/rate-limits.ts';
import type { ProjectStore } from '../projects/project-store.ts';
import { findProjectId } from './request-owner.ts';
import type { Naming } from './request-owner.ts';

export interface RateServices {
  readonly rateLimits: RateLimits;
  readonly metadata: Pick<ProjectStore, 'findProject'>;
}

/** Headers that tell how much of a limit is left. */
export type RateHeaders = Readonly<Record<string, string>>;

/** A service has one. */
const organisation = 'organisation';

/**
 * Counts a request once its key is known, before its body is read.
 *
 * @throws {Problem} `rate_limited`
 */
export const takeRequest = (key: ApiKey, { rateLimits }: RateServices): RateHeaders =>
  rateLimits.take('requests', { key: key.id, project: key.projectId, organisation }, 1);

/**
 * Counts what only the body says: the project that a key of the organisation names, and the events.
 *
 * @throws {Problem} `rate_limited`
 */
export async function takeBody(
  naming: Naming,
  operation: Operation,
  { access, rateLimits, metadata }: RateServices & { readonly access: Access | null },
): Promise<readonly RateHeaders[]> {
  if (access === null) return [];
  const { key } = access;
  const countsEvents =
    operation.access === 'ingest' &&
    (['key', 'project', 'organisation'] as const).some((by) => rateLimits.has('events', by));
  const isNamed = key.projectId === null && rateLimits.has('requests', 'project');
  if (!countsEvents && !isNamed) return [];
  const project = await findProjectId(access, naming, metadata);
  return [
    isNamed ? rateLimits.take('requests', { project }, 1) : {},
    countsEvents
      ? rateLimits.take('events', { key: key.id, project, organisation }, countEvents(naming.body))
      : {},
  ];
}

/** Events of a batch, spans of OpenTelemetry, or one. */
export function countEvents(body: unknown): number {
  if (!isJsonObject(body)) return 1;
  const list = body['events'] ?? body['logs'] ?? body['model_events'];
  if (Array.isArray(list)) return Math.max(1, list.length);
  const spans = listIn(body, 'resourceSpans')
    .flatMap((resource) => listIn(resource, 'scopeSpans'))
    .reduce<number>((sum, scope) => sum + listIn(scope, 'spans').length, 0);
  return Math.max(1, spans);
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
}
