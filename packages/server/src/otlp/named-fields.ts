import { firstTokenField } from '../domain/first-token.ts';
import type { Attributes } from './attributes.ts';
import { toNumber, toText } from './attributes.ts';
import { fieldRows, readFields } from './fields.ts';
import type { Buckets } from './fields.ts';
import { readFirstToken } from './first-token.ts';
import { mergeFree } from './merge-free.ts';
import { readExceptionType } from './span-error.ts';
import type { Span, SpanEvent } from './span.ts';
import { readSpanUsage } from './span-usage.ts';

/** Attributes that contain an object, as JSON text too, of which the fields are mapped one by one. */
const openedObjects = [
  'llm.invocation_parameters',
  'langfuse.observation.model.parameters',
  'langfuse.observation.usage_details',
  'langfuse.observation.cost_details',
  'langfuse.observation.metadata',
  'langfuse.trace.metadata',
] as const;

/** Fields that are found by name: those of the tables, hyperparameters, and fields from events of the span. */
export function readNamedFields(attributes: Attributes, span: Span, buckets: Buckets): void {
  for (const key of openedObjects) attributes.open(key);
  attributes.openUnder('langfuse.trace.metadata.');
  readFields(fieldRows, attributes, buckets);
  const { metadata, metrics } = buckets;
  readSpanUsage(attributes, buckets);
  readConfig(attributes, buckets);
  setOnce(metadata, 'error_type', readExceptionType(span));
  setOnce(metadata, firstTokenField, readFirstToken(attributes, span));
  for (const event of span.events) readEvaluation(event, metrics);
}

function setOnce(bucket: Record<string, unknown>, field: string, value: unknown): void {
  if (value !== undefined && !Object.hasOwn(bucket, field)) bucket[field] = value;
}

/** Prefixes of hyperparameters. */
const parameterPrefixes = [
  'gen_ai.request.',
  'ai.settings.',
  'llm.invocation_parameters.',
  'langfuse.observation.model.parameters.',
] as const;

/** Context of the AI SDK, which is no hyperparameter. */
const contextPrefix = 'ai.settings.context.';

function readConfig(attributes: Attributes, { config }: Buckets): void {
  const context = attributes.takeUnder(contextPrefix);
  for (const prefix of parameterPrefixes) {
    const refused = mergeFree(config, attributes.takeUnder(prefix)) ?? {};
    for (const [name, value] of Object.entries(refused)) attributes.giveBack(prefix + name, value);
  }
  for (const [name, value] of Object.entries(context))
    attributes.giveBack(contextPrefix + name, value);
}

/** The score of an evaluation as a metric; its explanation stays in the event. Source: semantic conventions 1.38. */
function readEvaluation({ name, attributes }: SpanEvent, metrics: Record<string, unknown>): void {
  if (name !== 'gen_ai.evaluation.result') return;
  const metric = toText(attributes['gen_ai.evaluation.name']);
  const score =
    toNumber(attributes['gen_ai.evaluation.score.value']) ??
    toText(attributes['gen_ai.evaluation.score.label']);
  if (metric !== undefined) setOnce(metrics, metric, score);
}

/** The reason why a single answer ended: the only one of a list, else that of the message. */
export function readFinishReason({ metadata, outputs }: Buckets): void {
  const [only, ...more] = [metadata['finish_reasons'] ?? []].flat();
  if (more.length > 0) return;
  setOnce(metadata, 'finish_reason', toText(only) ?? toText(outputs['finish_reason']));
}
