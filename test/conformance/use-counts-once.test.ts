import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import { openProject } from './own-project.ts';
import type { OwnProject } from './own-project.ts';

/** An event of a tree: its parent is an earlier one, or the root. */
interface Step {
  readonly parent: number;
  readonly type: 'model' | 'tool' | 'chain';
  /** Prompt tokens; 0 for none. */
  readonly tokens: number;
  /** Cents; 0 for none. */
  readonly cents: number;
  /** Its place in the order of arrival. */
  readonly turn: number;
}

const step = fc.record({
  parent: fc.nat(),
  type: fc.constantFrom('model' as const, 'tool' as const, 'chain' as const),
  tokens: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000 })),
  cents: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 99 })),
  turn: fc.nat(),
});
const trees = fc
  .array(step, { minLength: 1, maxLength: 8 })
  .map((steps) => steps.map((one, index) => ({ ...one, parent: (one.parent % (index + 1)) - 1 })));

/** What a tree used: that of an event, or of those below it when they have any. */
function define(steps: readonly Step[], read: (step: Step) => number): number {
  const sumOf = (index: number): number => {
    const below = steps
      .map((_, child) => child)
      .filter((child) => steps[child]?.parent === index)
      .reduce((sum, child) => sum + sumOf(child), 0);
    const own = steps[index];
    return below > 0 || own === undefined ? below : read(own);
  };
  return sumOf(-1);
}

const inTurn = (steps: readonly Step[]): number[] =>
  steps.map((_, index) => index).toSorted((a, b) => (steps[a]?.turn ?? 0) - (steps[b]?.turn ?? 0));

/** Groups of one to three: some come together, some alone. */
const inRequests = <T>(items: readonly T[]): T[][] =>
  items.reduce<T[][]>((requests, item, index) => {
    const last = requests.at(-1);
    if (last && last.length < (index % 3) + 1) last.push(item);
    else requests.push([item]);
    return requests;
  }, []);

async function sendEvents({ api }: OwnProject, steps: readonly Step[]): Promise<string> {
  const session_id = randomUUID();
  const ids = steps.map(() => randomUUID());
  const events = inTurn(steps).flatMap((index) => {
    const { parent, type, tokens, cents } = steps[index] ?? { parent: -1, type: 'tool' };
    return {
      session_id,
      event_id: ids[index],
      parent_id: ids[parent] ?? session_id,
      event_type: type,
      event_name: `step ${index}`,
      ...(tokens ? { outputs: { usage: { prompt_tokens: tokens } } } : {}),
      metadata: cents ? { cost: cents / 100 } : {},
    };
  });
  for (const request of inRequests(events))
    await api.ok('createEventBatch', { body: { events: request } });
  return session_id;
}

const spanId = (index: number): string => (index + 1).toString(16).padStart(16, '0');

async function sendSpans({ url, key }: OwnProject, steps: readonly Step[]): Promise<string> {
  const session = randomUUID();
  const traceId = randomUUID().replaceAll('-', '');
  const kinds = { model: 'LLM', tool: 'TOOL', chain: 'AGENT' };
  const start = `${Date.now()}000000`;
  const spans = inTurn(steps).map((index) => {
    const { parent = -1, type = 'tool', tokens = 0, cents = 0 } = steps[index] ?? {};
    const attributes = {
      'honeyhive.session_id': session,
      'openinference.span.kind': kinds[type],
      ...(tokens ? { 'llm.token_count.prompt': tokens } : {}),
      ...(cents ? { 'llm.cost.total': cents / 100 } : {}),
    };
    return {
      traceId,
      spanId: spanId(index),
      ...(parent < 0 ? {} : { parentSpanId: spanId(parent) }),
      name: `step ${index}`,
      startTimeUnixNano: start,
      endTimeUnixNano: start,
      attributes: Object.entries(attributes).map(([name, value]) => ({
        key: name,
        value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value },
      })),
    };
  });
  for (const request of inRequests(spans)) {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: request }] }] }),
    });
    await response.arrayBuffer();
    expect(response.status).toBe(200);
  }
  return session;
}

/** Sums of a session, and of all events of its project: they agree when the project has nothing else. */
async function readSums({ api }: OwnProject, sessionId: string) {
  const session = await api.ok('getSession', { params: { session_id: sessionId } });
  const { rows } = await api.ok('exploreRows', { body: { scope: 'sessions' } });
  const row = rows.find(({ session_id }) => session_id === sessionId);
  return {
    session: [session.metadata['prompt_tokens'], session.metadata['cost']],
    row: [row?.prompt_tokens ?? 0, row?.cost_usd ?? 0],
  };
}

/** Sums over all events of the project, as charts and groups have them. */
async function readTotals({ api }: OwnProject) {
  const from = Date.now() - 3_600_000;
  const chart = async (metric: string) => {
    const body = { scope: 'events', from, aggregation: 'sum', metric } as const;
    const { series } = await api.ok('exploreChart', { body });
    return series.reduce((sum, { total }) => sum + (total ?? 0), 0);
  };
  const { groups } = await api.ok('exploreGroups', {
    body: { scope: 'events', group_by: 'source' },
  });
  return {
    chart: [await chart('prompt_tokens'), await chart('cost_usd')],
    groups: [
      groups.reduce((sum, { total_tokens }) => sum + total_tokens, 0),
      groups.reduce((sum, { cost_usd }) => sum + cost_usd, 0),
    ],
  };
}

const dollars = (cents: number): unknown => expect.closeTo(cents / 100, 9);

test('whatever says what it used, in whatever order, over both ways, it counts once', async () => {
  await fc.assert(
    fc.asyncProperty(trees, async (steps) => {
      const tokens = define(steps, (one) => one.tokens);
      const cents = define(steps, (one) => one.cents);
      const expected = [tokens, dollars(cents)];
      for (const send of [sendEvents, sendSpans]) {
        const project = await openProject();
        const session = await send(project, steps);

        expect(await readSums(project, session)).toEqual({ session: expected, row: expected });
        expect(await readTotals(project)).toEqual({ chart: expected, groups: expected });
      }
    }),
    { numRuns: byLevel({ short: 8, full: 300 }) },
  );
}, 600_000);

test('an event counts again when the one below it that said what was used is deleted', async () => {
  const project = await openProject();
  const [chain, model] = [randomUUID(), randomUUID()];
  const { session_id: session } = await project.api.ok('createSession', { body: {} });
  const event = (event_id: string, parent_id: string | undefined, cost: number) => ({
    session_id: session,
    event_id,
    parent_id,
    event_type: 'chain',
    event_name: 'step',
    metadata: { cost },
  });
  await project.api.ok('createEventBatch', {
    body: { events: [event(chain, session, 0.5), event(model, chain, 0.4)] },
  });
  const before = await readSums(project, session);

  await project.api.ok('exploreDelete', { body: { scope: 'events', ids: [model] } });

  expect(before.session).toEqual([0, 0.4]);
  expect((await readSums(project, session)).session).toEqual([0, 0.5]);
});

test('what an update adds below an event, or takes away, changes which of them counts', async () => {
  const project = await openProject();
  const { session_id: session } = await project.api.ok('createSession', {
    body: { metadata: { cost: 9 } },
  });
  const { event_id } = await project.api.ok('createEvent', {
    body: { session_id: session, event_type: 'tool', event_name: 'step' },
  });
  const costAfter = async (cost: number) => {
    await project.api.ok('updateEvent', { body: { event_id, metadata: { cost } } });
    // The session shows its own metadata as it was given.
    return (await readSums(project, session)).row[1];
  };

  expect([await costAfter(2), await costAfter(0), await costAfter(3)]).toEqual([2, 9, 3]);
});

test('of model events nested in each other, the innermost is a model call, whatever they say of use', async () => {
  const { api, name } = await openProject();
  const { session_id } = await api.ok('createSession', { body: {} });
  const model = (event_id: string, parent_id: string) =>
    ({ event_id, parent_id, session_id, event_type: 'model', event_name: 'embeddings' }) as const;
  const [outer, inner, other] = [randomUUID(), randomUUID(), randomUUID()];
  const countCalls = async () => {
    const session = await api.ok('getSession', { params: { session_id } });
    const { rows } = await api.ok('exploreRows', { body: { scope: 'sessions', project: name } });
    return [
      session.metadata['num_model_events'],
      rows.map((row) => 'model_event_count' in row && row.model_event_count)[0],
    ];
  };

  await api.ok('createEvent', { body: model(outer, session_id) });
  const alone = await countCalls();
  const events = [model(inner, outer), model(other, session_id)];
  await api.ok('createEventBatch', { body: { events } });
  const nested = await countCalls();
  await api.ok('deleteEvent', { params: { event_id: inner } });

  expect({ alone, nested }).toEqual({ alone: [1, 1], nested: [2, 2] });
  expect(await countCalls()).toEqual([2, 2]);
});
