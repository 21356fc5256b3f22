import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { Cost, Pricer } from './pricing.ts';
import type { Usage } from './stored-event.ts';
import { readTokenUse, toCount } from './token-use.ts';
import type { TokenUse } from './token-use.ts';

/** Fields that hold a usage object. Of a run of several calls, the sum of all comes before the last call's. */
const usageKeys = [
  'totalUsage',
  'total_usage',
  'usage',
  'usageMetadata',
  'usage_metadata',
  'tokenUsage',
  'token_usage',
  'amazon-bedrock-invocationMetrics',
  'meta',
] as const;

/** Fields that hold the answer of a provider or of an SDK, in which its usage is. */
const answerKeys = [
  'response',
  'message',
  'metadata',
  'response_metadata',
  'responseMetadata',
  'kwargs',
  'llmOutput',
  'llm_output',
  'result',
  'body',
  'data',
  'x_groq',
  'raw',
  'value',
] as const;

const costKeys = [
  'cost',
  'total_cost',
  'cost_usd',
  'totalCost',
  'costUSD',
  'total_cost_usd',
  'estimated_cost',
  'response_cost',
] as const;

interface Buckets {
  readonly metadata: JsonObject;
  readonly outputs: JsonObject;
  readonly inputs: JsonObject;
}

/** What a step used, as its sender reports it; null: not reported. */
export interface SentUse {
  readonly tokens: TokenUse | null;
  /** US dollars. */
  readonly costUsd: number | null;
}

/**
 * What a step used. `metadata` wins (docs/contract.md, "Events"); then a usage object in metadata, outputs or inputs.
 * The tokens are all of one object: numbers of two that disagree have no meaning together.
 */
export function readSentUse({ metadata, outputs, inputs }: Buckets): SentUse {
  let tokens = readTokenUse(metadata, { isMore: true });
  let costUsd = readCost(metadata);
  for (const bucket of [metadata, outputs, inputs]) {
    if (tokens !== null && costUsd !== null) break;
    for (const usage of usageIn(bucket)) {
      tokens ??= readTokenUse(usage);
      costUsd ??= readCost(usage);
    }
  }
  tokens ??= readTokenUse(outputs, { isMore: true });
  return {
    tokens,
    costUsd: costUsd ?? toCount(outputs['total_cost_usd']) ?? toCount(inputs['cost']),
  };
}

/** What the price of a step depends on, beside its tokens. */
export interface Priced {
  readonly startTime: number;
  readonly pricer: Pricer;
}

/**
 * The same as numbers that add up: absent ones are 0; a missing total is the sum of the parts. A cost that is not
 * reported is computed.
 */
export function readUsage(
  buckets: Buckets & { readonly config: JsonObject },
  { startTime, pricer }: Priced,
): Usage {
  const { tokens, costUsd } = readSentUse(buckets);
  const [promptTokens, completionTokens] = [tokens?.prompt ?? 0, tokens?.completion ?? 0];
  const cost = (): Cost => {
    if (costUsd !== null) return { costUsd, costSource: 'sender' };
    if (tokens === null) return { costUsd: 0, costSource: '' };
    return pricer({ ...readModels(buckets), tokens, startTime });
  };
  return {
    promptTokens,
    completionTokens,
    totalTokens: tokens?.total ?? promptTokens + completionTokens,
    ...cost(),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The requested model and the one that answered, as the digest and OpenTelemetry name them. */
function readModels({ config, metadata, inputs, outputs }: Parameters<typeof readUsage>[0]) {
  const { response } = outputs;
  const models = [
    config['model'],
    config['model_name'],
    metadata['model'],
    inputs['model'],
    metadata['model_name'],
    outputs['model'],
    outputs['modelVersion'],
    isJsonObject(response) ? response['model'] : undefined,
  ].map(textOf);
  const provider = [config, inputs, metadata]
    .map(({ provider: name }) => textOf(name))
    .find(Boolean);
  return { models: models.filter((model) => model !== ''), provider: provider ?? '' };
}

/** Usage objects of a bucket, and of an answer in it. */
function* usageIn(bucket: JsonObject): Generator<JsonObject, void> {
  yield* ownUsage(bucket);
  for (const key of answerKeys) {
    const answer = bucket[key];
    if (isJsonObject(answer)) yield* ownUsage(answer);
    else if (Array.isArray(answer)) yield* lastUsage(answer);
  }
}

function* ownUsage(object: JsonObject): Generator<JsonObject, void> {
  for (const key of usageKeys) {
    const usage = object[key];
    if (isJsonObject(usage)) yield usage;
  }
}

/** A stream reports what it used in one of its last parts. */
function* lastUsage(parts: readonly unknown[]): Generator<JsonObject, void> {
  for (const part of parts.slice(-3).toReversed()) if (isJsonObject(part)) yield* ownUsage(part);
}

function readCost(object: JsonObject): number | null {
  for (const key of costKeys) {
    const value = object[key];
    const cost = toCount(isJsonObject(value) ? (value['total_cost'] ?? value['total']) : value);
    if (cost !== null) return cost;
  }
  return null;
}
