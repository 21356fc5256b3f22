import { firstTokenField, firstTokenNames, toFirstTokenMs } from '../domain/first-token.ts';
import type { Attributes } from './attributes.ts';
import type { TokenUse } from '../domain/token-use.ts';
import { fromJson, toJsonList, toJsonObject, toNumber, toText } from './attributes.ts';

/** The buckets of an event while a span is turned into one. */
export interface Buckets {
  readonly config: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly metrics: Record<string, unknown>;
  readonly feedback: Record<string, unknown>;
  readonly user_properties: Record<string, unknown>;
}

export const emptyBuckets = (): Buckets => ({
  config: {},
  inputs: {},
  outputs: {},
  metadata: {},
  metrics: {},
  feedback: {},
  user_properties: {},
});

type Read = (value: unknown, key: string) => unknown;

/** One field of an event, and the attributes it is taken from: the first that a span has. */
export interface FieldRow {
  readonly bucket: keyof Buckets;
  readonly field: string;
  readonly from: readonly string[];
  readonly read: Read;
  /** Whether the attribute stays in the metadata, too. */
  readonly isKept?: boolean;
}

const row =
  (bucket: keyof Buckets, read: Read) =>
  (field: string, ...from: readonly string[]): FieldRow => ({ bucket, field, from, read });

const config = row('config', toText);
const metadata = row('metadata', toText);
const counted = row('metadata', toNumber);
const listed = row('metadata', (value) =>
  Array.isArray(value) ? value : (toJsonList(value) ?? toText(value)),
);
const user = row('user_properties', toText);

/** What says the same under many names. The reference page lists this table. */
export const fieldRows: readonly FieldRow[] = [
  config(
    'model',
    'gen_ai.request.model',
    'llm.request.model',
    'llm.model_name',
    'ai.model.id',
    'embedding.model_name',
    'reranker.model_name',
    'langfuse.observation.model.name',
    'gen_ai.response.model',
  ),
  config(
    'provider',
    'gen_ai.provider.name',
    'gen_ai.system',
    'llm.provider',
    'llm.system',
    'ai.model.provider',
    'llm.vendor',
  ),
  config('template', 'llm.prompt_template.template'),
  metadata('model_name', 'gen_ai.response.model', 'ai.response.model', 'llm.response.model'),
  metadata('response_id', 'gen_ai.response.id', 'ai.response.id'),
  metadata(
    'finish_reason',
    'finish_reason',
    'ai.response.finishReason',
    'llm.finish_reason',
    'stop_reason',
  ),
  listed('finish_reasons', 'gen_ai.response.finish_reasons'),
  metadata('agent_name', 'gen_ai.agent.name', 'agent.name'),
  metadata('agent_id', 'gen_ai.agent.id'),
  metadata('tool_name', 'gen_ai.tool.name', 'ai.toolCall.name', 'tool.name'),
  metadata('tool_call_id', 'gen_ai.tool.call.id', 'ai.toolCall.id', 'tool_call.id'),
  {
    ...metadata('error_type', 'honeyhive_error_type', 'error.type', 'exception.type'),
    isKept: true,
  },
  metadata('run_id', 'traceloop.association.properties.run_id', 'honeyhive.run_id'),
  metadata('dataset_id', 'traceloop.association.properties.dataset_id', 'honeyhive.dataset_id'),
  metadata(
    'datapoint_id',
    'traceloop.association.properties.datapoint_id',
    'honeyhive.datapoint_id',
  ),
  listed('tags', 'tag.tags', 'langfuse.trace.tags', 'logfire.tags'),
  row('metadata', toJsonObject)('metadata', 'metadata'),
  row('metadata', toFirstTokenMs)(firstTokenField, ...firstTokenNames),
  user(
    'user_id',
    'honeyhive_user_id',
    'honeyhive.user_id',
    'traceloop.association.properties.user_id',
    'user.id',
    'enduser.id',
    'ai.telemetry.metadata.userId',
    'ai.settings.context.userId',
    'langfuse.user.id',
    'langsmith.metadata.user_id',
    'llm.user',
  ),
  row('inputs', toTools)('tools', 'gen_ai.tool.definitions', 'ai.prompt.tools'),
  row('inputs', (value) => fromJson(value) ?? undefined)(
    'system_instructions',
    'gen_ai.system_instructions',
  ),
  row('inputs', (value) => fromJson(value) ?? undefined)(
    'template_inputs',
    'llm.prompt_template.variables',
  ),
];

/** A field of the tokens that a step used. */
interface TokenRow extends FieldRow {
  readonly of: keyof TokenUse;
}

const tokens = (of: keyof TokenUse, field: string, ...from: readonly string[]): TokenRow => ({
  ...counted(field, ...from),
  of,
});

/** Tokens that a step used. They are taken together, from one convention. */
export const tokenRows: readonly TokenRow[] = [
  tokens(
    'prompt',
    'prompt_tokens',
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
    'langfuse.observation.usage_details.input',
    'langfuse.observation.usage_details.prompt_tokens',
    'langfuse.observation.usage_details.input_tokens',
    'input_tokens',
  ),
  tokens(
    'completion',
    'completion_tokens',
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'langfuse.observation.usage_details.output',
    'langfuse.observation.usage_details.completion_tokens',
    'langfuse.observation.usage_details.output_tokens',
    'output_tokens',
  ),
  tokens(
    'total',
    'total_tokens',
    'gen_ai.usage.total_tokens',
    'llm.usage.total_tokens',
    'llm.token_count.total',
    'ai.usage.totalTokens',
    'langfuse.observation.usage_details.total',
    'langfuse.observation.usage_details.total_tokens',
  ),
  tokens(
    'cacheRead',
    'cache_read_input_tokens',
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.cachedInputTokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cached_tokens',
    'gen_ai.usage.input_tokens.cached',
    'llm.usage.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_input',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'langfuse.observation.usage_details.cache_read_input_tokens',
    'langfuse.observation.usage_details.input_cached_tokens',
    'cache_read_tokens',
  ),
  tokens(
    'cacheWrite',
    'cache_creation_input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'llm.usage.cache_creation_input_tokens',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
    'langfuse.observation.usage_details.cache_creation_input_tokens',
    'langfuse.observation.usage_details.input_cache_creation',
    'cache_creation_tokens',
  ),
  tokens(
    'reasoning',
    'reasoning_tokens',
    'gen_ai.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.reasoningTokens',
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.experimental.reasoning_tokens',
    'llm.usage.reasoning_tokens',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'langfuse.observation.usage_details.output_reasoning_tokens',
    'langfuse.observation.usage_details.output_reasoning',
  ),
];

/** US dollars. */
export const costRow = counted(
  'cost',
  'gen_ai.usage.cost',
  'gen_ai.usage.total_cost',
  'llm.usage.cost',
  'llm.cost.total',
  'gen_ai.cost.total_cost',
  'gen_ai.usage.cost_usd',
  'operation.cost',
  'llm.usage.total_cost',
  'langfuse.observation.cost_details.total',
);

/** Descriptions of tools as a list; unchanged if they are not. */
function toTools(value: unknown): unknown {
  return toJsonList(value) ?? fromJson(value) ?? undefined;
}

/** Fills fields that have no value yet. */
export function readFields(
  rows: readonly FieldRow[],
  attributes: Attributes,
  buckets: Buckets,
): void {
  for (const { bucket, field, from, read, isKept } of rows) {
    if (buckets[bucket][field] !== undefined) continue;
    const value = isKept ? attributes.peekFirst(from, read) : attributes.takeFirst(from, read);
    if (value !== undefined) buckets[bucket][field] = value;
  }
}
