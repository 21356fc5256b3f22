import type { JsonObject } from '../domain/json-text.ts';
import type { MappedSpan } from './span-event.ts';
import type { PlacedSpan } from './span-sessions.ts';

interface Root {
  readonly event: JsonObject;
  /** Whether its sender gave it the name. */
  readonly isNamed: boolean;
}

/**
 * The roots of sessions that nobody else starts: named by a span, or called as the first span of the trace is. The
 * root of a session that is there already stays as it is.
 */
export function toRoots(
  spans: readonly { readonly placed: PlacedSpan; readonly mapped: MappedSpan }[],
): JsonObject[] {
  const roots = new Map<string, Root>();
  for (const { placed, mapped } of spans) {
    const isFirst = placed.ofTrace.isFirst && !placed.ofTrace.isAddressed;
    if (mapped.sessionName === null && !isFirst) continue;
    const root = toRoot(mapped);
    const key = `${mapped.event.session_id}\n${mapped.event.project ?? ''}`;
    const known = roots.get(key);
    if (known === undefined || isBetter(root, known)) roots.set(key, root);
  }
  return [...roots.values()].map(({ event }) => event);
}

function toRoot({ event, sessionName }: MappedSpan): Root {
  const { session_id, project, source, start_time, end_time, event_name } = event;
  return {
    isNamed: sessionName !== null,
    event: {
      event_id: session_id,
      session_id,
      event_type: 'session',
      event_name: sessionName ?? event_name,
      ...(project === undefined ? {} : { project }),
      ...(source === undefined ? {} : { source }),
      ...(start_time === undefined ? {} : { start_time, end_time }),
    },
  };
}

/** A name that was given counts more, then what began earlier. */
function isBetter(root: Root, known: Root): boolean {
  if (root.isNamed !== known.isNamed) return root.isNamed;
  return Number(root.event['start_time'] ?? 0) < Number(known.event['start_time'] ?? 0);
}
