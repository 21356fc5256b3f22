import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, it, test } from 'vitest';
import type { TokenUse } from '../domain/token-use.ts';
import { costOf } from './model-price.ts';
import { readOverrides } from './price-overrides.ts';
import { createPriceTable, priceTableVersion } from './price-table.ts';
import { createPricer, openPricing } from './pricing.ts';

const table = createPriceTable();
const time = Date.UTC(2026, 10, 30, 12);
const use = (
  prompt: number | null,
  completion: number | null,
  more: Partial<TokenUse> = {},
): TokenUse => ({
  prompt,
  completion,
  total: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  ...more,
});

it.each([
  ['gpt-4o', '', 2.5],
  ['GPT-4o', 'openai', 2.5],
  ['openai/gpt-4o-2024-08-06', '', 2.5],
  ['openai:gpt-4o', '', 2.5],
  ['gpt-4o-2024-08-06', 'openai.chat', 2.5],
  ['gpt-4o', 'azure', 2.5],
  ['azure/gpt-4o', '', 2.5],
  ['gpt-4o-production', 'azure.ai.openai', 2.5],
  ['gpt-4o-mini-eu-west', 'azure', 0.15],
  ['gpt-35-turbo', 'azure', 0.5],
  ['text-embedding-3-small', 'openai', 0.02],
  ['claude-sonnet-4-20250514', 'anthropic', 3],
  ['claude-sonnet-4@20250514', 'vertex_ai', 3],
  ['claude-3-5-haiku-latest', 'anthropic', 0.8],
  ['anthropic/claude-sonnet-4-20250514', 'litellm', 3],
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', '', 3],
  ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'aws.bedrock', 3],
  ['bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0', '', 3],
  [
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0',
    '',
    3,
  ],
  ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-5-sonnet-20241022-v2:0', '', 3],
  ['models/gemini-2.5-pro', '', 1.25],
  ['gemini-2.5-pro', 'gcp.vertex_ai', 1.25],
  ['publishers/google/models/gemini-2.5-pro', '', 1.25],
  ['gemini-2.5-pro', 'google_genai', 1.25],
  ['mistral-large-latest', 'mistral_ai', 2],
  ['grok-3', 'x_ai', 3],
])('the price table has %s of "%s"', (model, provider, dollarsOfMillion) => {
  const price = table.find(model, provider, time);

  expect(price && costOf(price, use(1_000, 0))).toBeCloseTo(dollarsOfMillion / 1_000, 9);
});

it.each([
  ['deepseek-r1', 'ollama'],
  ['my-own-model', 'openai'],
  ['my-own-model', ''],
  ['', 'openai'],
  ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3', 'aws.bedrock'],
])('the price table does not have %s of "%s"', (model, provider) => {
  expect(table.find(model, provider, time)).toBeNull();
});

test('a price is that of the time at which the call began', () => {
  const price = (at: number) => table.find('gpt-5.6-luna', 'openai', at);

  expect(price(Date.UTC(2026, 6, 29, 12))).not.toEqual(price(Date.UTC(2026, 6, 30, 12)));
});

const models = fc.constantFrom(
  ...['gpt-4o', 'gpt-5.6-luna', 'gpt-4.1-mini', 'claude-sonnet-4-5', 'claude-3-5-haiku-latest'],
  ...[
    'gemini-2.5-pro',
    'gemini-1.5-flash',
    'grok-4',
    'deepseek-chat',
    'o3',
    'mistral-large-latest',
  ],
);

test('costs are those that the package computes', () => {
  fc.assert(
    fc.property(
      models,
      fc.nat(400_000),
      fc.nat(100_000),
      fc.nat(100_000),
      fc.nat(50_000),
      (model, uncached, cacheRead, cacheWrite, completion) => {
        const prompt = uncached + cacheRead + cacheWrite;
        const price = table.find(model, '', time);
        const expected = calcPrice(
          {
            input_tokens: prompt,
            cache_read_tokens: cacheRead,
            cache_write_tokens: cacheWrite,
            output_tokens: completion,
          },
          model,
          { timestamp: new Date(time) },
        );

        expect(
          price && costOf(price, use(prompt, completion, { cacheRead, cacheWrite })),
        ).toBeCloseTo(expected?.total_price ?? Number.NaN, 9);
      },
    ),
    { numRuns: byLevel({ short: 200, full: 5_000 }) },
  );
});

test('the version of the price table is that of the installed package', () => {
  const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
  const manifest = readFileSync(new URL('../package.json', `file://${entry}`), 'utf8');

  expect(JSON.parse(manifest)).toMatchObject({ version: priceTableVersion.version });
});

const pricer = createPricer(
  table,
  readOverrides({
    prices: [
      { model: 'azure/GPT-4o*', input: 1, output: 2 },
      { model: '*-internal-*', input: 10, output: 20, cache_read: 1 },
      { model: 'free', input: 0, output: 0 },
      { model: 7 },
    ],
  }),
);
const price = (model: string, provider = '', tokens = use(1_000_000, 1_000_000)) =>
  pricer({ models: [model], provider, tokens, startTime: time });

test('a price of the project comes before that of the table', () => {
  expect(price('gpt-4o', 'Azure')).toEqual({ costUsd: 3, costSource: 'override' });
  expect(price('gpt-4o', 'openai')).toEqual({ costUsd: 12.5, costSource: 'table' });
  expect(price('llm-internal-7')).toEqual({ costUsd: 30, costSource: 'override' });
  expect(price('free')).toEqual({ costUsd: 0, costSource: 'override' });
});

test('what caches read costs what the project set for it', () => {
  const tokens = use(1_000_000, 0, { cacheRead: 500_000, cacheWrite: 100_000 });

  expect(price('an-internal-one', '', tokens).costUsd).toBeCloseTo(5.5, 12);
});

test('a model without a price is unknown, not free', () => {
  expect(price('my-own-model')).toEqual({ costUsd: 0, costSource: 'unknown' });
});

test('the model that answered is looked up when the requested one is not known', () => {
  const models = ['my-deployment', 'gpt-4o-2024-08-06'];

  expect(
    pricer({ models, provider: 'openai', tokens: use(1_000_000, 0), startTime: time }),
  ).toEqual({ costUsd: 2.5, costSource: 'table' });
});

test('tokens of which only the total is known are a prompt', () => {
  const total = use(null, null, { total: 1_000_000 });

  expect(price('text-embedding-3-small', 'openai', total).costUsd).toBeCloseTo(0.02, 12);
});

const store = {
  clock: { monotonicMs: () => 0 },
  metadata: { readSettings: async () => ({ settings: { prices: [] }, updatedAt: null }) },
};
const call = { models: ['gpt-4o'], provider: '', tokens: use(1_000_000, 0), startTime: time };

test('without the price table no cost is computed, and none is unknown', async () => {
  const pricing = await openPricing({ priceTable: 'off' }, store);
  const pricerOf = await pricing.of('p');

  expect(pricing.table).toBeNull();
  expect(pricerOf(call)).toEqual({ costUsd: 0, costSource: '' });
});

test('prices of a project that were changed apply once they are evicted', async () => {
  let settings: Record<string, unknown> = {};
  const metadata = { readSettings: async () => ({ settings, updatedAt: null }) };
  const pricing = await openPricing({ priceTable: 'on' }, { ...store, metadata });
  const costOfCall = async () => (await pricing.of('p'))(call).costUsd;
  const before = await costOfCall();

  settings = { prices: [{ model: 'gpt-4o', input: 9, output: 9 }] };
  pricing.evict('p');

  expect([before, await costOfCall(), pricing.known('p')(call).costUsd]).toEqual([2.5, 9, 9]);
});
