import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import type { Usage } from './stored-event.ts';

const names = {
  promptTokens: ['prompt_tokens', 'input_tokens'],
  completionTokens: ['completion_tokens', 'output_tokens'],
  totalTokens: ['total_tokens'],
  costUsd: ['cost', 'total_cost', 'cost_usd'],
} as const satisfies Record<keyof Usage, readonly string[]>;

function toCount(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

/**
 * What a step used. `metadata` wins (docs/contract.md, "Events"); then a `usage` object in metadata, outputs or inputs,
 * where the example of the client API reference has it. Absent numbers are 0; a missing total is the sum of the parts.
 */
export function readUsage(buckets: {
  metadata: JsonObject;
  outputs: JsonObject;
  inputs: JsonObject;
}): Usage {
  const { metadata, outputs, inputs } = buckets;
  const places = [metadata, metadata['usage'], outputs['usage'], inputs['usage']].filter(
    isJsonObject,
  );
  const find = (keys: readonly string[]): number | null => {
    for (const place of places) {
      for (const key of keys) {
        const count = toCount(place[key]);
        if (count !== null) return count;
      }
    }
    return null;
  };
  const promptTokens = find(names.promptTokens) ?? 0;
  const completionTokens = find(names.completionTokens) ?? 0;
  return {
    promptTokens,
    completionTokens,
    totalTokens: find(names.totalTokens) ?? promptTokens + completionTokens,
    costUsd: find(names.costUsd) ?? toCount(inputs['cost']) ?? 0,
  };
}
