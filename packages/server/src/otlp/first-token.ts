import { firstTokenMoments, untilFirstToken } from '../domain/first-token.ts';
import type { Attributes } from './attributes.ts';
import { fromAnyJson } from './attributes.ts';
import type { Span } from './span.ts';

const firstTokenEvents: ReadonlySet<string> = new Set([
  'First Token Stream Event',
  'new_token',
  'gen_ai.content.completion.chunk',
]);

/**
 * The time to the first token in milliseconds, by an event (OpenInference, LangSmith, Traceloop) or an attribute
 * (Langfuse).
 */
export function readFirstToken(
  attributes: Attributes,
  { events, startTime }: Span,
): number | undefined {
  if (startTime === null) return undefined;
  const moments = [
    events.find(({ name }) => firstTokenEvents.has(name))?.time,
    ...firstTokenMoments.map((name) => fromAnyJson(attributes.peek(name))),
  ];
  return moments.map((moment) => untilFirstToken(moment, startTime)).find((ms) => ms !== undefined);
}
