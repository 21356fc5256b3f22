import { parseInstant } from 'honeyhive-facts';
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
  const event = events.find(({ name }) => firstTokenEvents.has(name));
  const text = fromAnyJson(attributes.peek('langfuse.observation.completion_start_time'));
  const moment =
    event?.time ?? (typeof text === 'string' ? (parseInstant(text) ?? Number.NaN) : Number.NaN);
  const ms = moment - startTime;
  return ms >= 0 ? Math.round(ms * 1e3) / 1e3 : undefined;
}
