import { readFileSync } from 'node:fs';
import type { EventIn } from 'honeyhive-wire';
import { expect, it, test } from 'vitest';
import { noPricer } from './pricing.ts';
import { draftEvent, toObject } from './event-draft.ts';
import { readSentUse } from './usage.ts';

/** A call as one provider or SDK reports it: where its usage is, and what it comes to. */
interface UsageShape {
  readonly of: string;
  readonly event: Pick<EventIn, 'outputs' | 'metadata' | 'inputs'>;
  /** Prompt, completion, total, as the provider counts them. */
  readonly tokens: readonly [number, number, number];
  /** Cache reads, cache writes, reasoning; absent when it reports none. */
  readonly details?: readonly [number, number, number];
  readonly costUsd?: number;
}

/** From the API references of providers and SDKs, November 2026. */
const shapes: readonly UsageShape[] = JSON.parse(
  readFileSync(new URL('testing/usage-shapes.json', import.meta.url), 'utf8'),
);

const context = {
  projectId: 'p',
  now: 0,
  acceptsUnknownType: false,
  isByOrganisation: false,
  apiKeyId: 'k1',
  pricer: noPricer,
};

const used = (input: UsageShape['event']) => {
  const draft = draftEvent({ event_type: 'model', ...input }, context);
  if ('issues' in draft) throw new Error(JSON.stringify(draft.issues));
  const { promptTokens, completionTokens, totalTokens, costUsd } = draft.event;
  return { tokens: [promptTokens, completionTokens, totalTokens], costUsd };
};

it.each(shapes.map((shape) => [shape.of, shape] as const))(
  'counts what a call used as %s reports it',
  (_, { event, tokens, costUsd = 0 }) => {
    expect(used(event)).toEqual({ tokens, costUsd });
  },
);

it.each(shapes.map((shape) => [shape.of, shape] as const))(
  'tells what caches read and wrote, and reasoning, as %s reports it',
  (_, { event: { metadata, outputs, inputs }, details = [0, 0, 0] }) => {
    const buckets = {
      metadata: { ...metadata },
      outputs: toObject(outputs),
      inputs: { ...inputs },
    };
    const { cacheRead, cacheWrite, reasoning } = { ...readSentUse(buckets).tokens };

    expect([cacheRead || 0, cacheWrite || 0, reasoning || 0]).toEqual(details);
  },
);

test('a total that is less than its parts is their sum', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 12 };

  expect(used({ outputs: { usage } }).tokens).toEqual([10, 5, 15]);
});

test('what is no count is not counted', () => {
  const usage = { prompt_tokens: -1, completion_tokens: 'NaN', total_tokens: Number.NaN };

  expect(used({ outputs: { usage } }).tokens).toEqual([0, 0, 0]);
});

test('words that mean other things are counts in a usage object only', () => {
  expect(used({ metadata: { input: 5, output: 6, tokens: 7, total: 8 } }).tokens).toEqual([
    0, 0, 0,
  ]);
});
