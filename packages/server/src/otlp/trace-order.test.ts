import fc from 'fast-check';
import type { NewWrite } from '../ingest/sampler.ts';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { Access } from '../calls/access.ts';
import { systemClock } from '../clock.ts';
import { noPricing } from '../domain/pricing.ts';
import { createCommitter } from '../ingest/committer.ts';
import { createKnownMarks } from '../ingest/known-marks.ts';
import { createKnownRoots } from '../ingest/known-roots.ts';
import { createUseTrees } from '../ingest/use-trees.ts';
import { localWriteTurns } from '../ingest/write-turns.ts';
import { resumeMoves } from '../ingest/resume-moves.ts';
import { SeenIds } from '../ingest/seen-ids.ts';
import { buildKey } from '../store/testing/build-key.ts';
import { createMemoryEvents } from '../store/testing/memory-events.ts';
import { storeSpans } from './store-spans.ts';
import type { Span } from './span.ts';
import { buildSpan } from './testing/build-span.ts';

const projectId = 'p1';
const project = { id: projectId, name: 'p1', description: '', type: null, metadata: {} };

const access: Access = {
  key: buildKey({ projectId }),
  isOrganisation: false,
  visibleIds: [projectId],
  forWrite: async () => ({ ...project, createdAt: 0, updatedAt: 0 }),
  forList: async () => ({ ...project, createdAt: 0, updatedAt: 0 }),
  forLookup: async () => ({ kind: 'project', projectId }),
  project: async () => ({ ...project, createdAt: 0, updatedAt: 0 }),
  requireOrganisation: () => undefined,
  projectName: () => 'p1',
};

const nothingHeld = { all: { count: 0, bytes: 0 }, of: () => ({ count: 0, bytes: 0 }) };

/** A service on a store in memory, as it is after a start. */
function start(events: ReturnType<typeof createMemoryEvents>) {
  const seenIds = new SeenIds(500);
  for (const { eventId } of events.model.all()) seenIds.add(projectId, eventId);
  seenIds.complete();
  const shared = {
    events,
    seenIds,
    knownMarks: createKnownMarks(100),
    knownRoots: createKnownRoots(100),
    clock: systemClock,
    pricing: noPricing,
    useTrees: createUseTrees(1_000),
    writeTurns: localWriteTurns,
  };
  const committer = createCommitter({
    ...shared,
    metadata: {
      measureHeldPatches: async () => nothingHeld,
      holdPatches: async () => undefined,
      readHeldPatches: async () => [],
      dropHeldPatches: async () => undefined,
      deleteHeldPatches: async () => nothingHeld.all,
      expireHeldPatches: async () => 0,
    },
    maxQueueBytes: 1e9,
    health: {
      noteStored: () => undefined,
      noteFailed(error) {
        throw error;
      },
    },
    hasOtherReaders: () => false,
    onCommit: () => undefined,
  });
  const sampler = { select: async (list: readonly NewWrite[]) => list.map((write) => [write]) };
  return { ...shared, committer, sampler, maxBatchEvents: 1_000 };
}

/** Stores the requests, with a new process after some of them, and says what is stored in the end. */
async function store(requests: readonly (readonly Span[])[], restarts: readonly boolean[] = []) {
  const events = createMemoryEvents({ eventsOfMove: 3 });
  let service = start(events);
  for (const [index, spans] of requests.entries()) {
    const good = spans.map((span) => ({ span, at: 'span' }));
    await storeSpans({ access, bodyBytes: 1 }, service, good);
    if (restarts[index]) service = start(events);
  }
  const logger = { warn: (fault: unknown) => expect(fault).toBeUndefined() };
  while ((await events.readUnfinishedTraces()).length > 0)
    await resumeMoves({ ...service, logger });
  return events.model
    .all()
    .filter(({ isDeleted }) => !isDeleted)
    .map((event) => ({ ...event, version: 0, createdAt: 0, updatedAt: 0 }))
    .toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
}

const sessions = fc.constantFrom('s1', 's2', 's3');
const maybe = <T>(value: fc.Arbitrary<T>, freq = 3) => fc.option(value, { nil: undefined, freq });

const attributes = fc.record({
  'session.id': maybe(sessions, 1),
  'gen_ai.conversation.id': maybe(sessions, 1),
  'honeyhive.session_id': fc.option(sessions, { nil: undefined, freq: 10 }),
  'honeyhive.session_name': fc.option(fc.constantFrom('one', 'other'), {
    freq: 10,
    nil: undefined,
  }),
  'user.id': maybe(fc.constantFrom('ann', 'ben'), 1),
  'input.value': maybe(fc.constantFrom('in 1', 'in 2')),
  'output.value': maybe(fc.constantFrom('out 1', 'out 2')),
  'gen_ai.request.model': maybe(fc.constant('m')),
  'gen_ai.usage.input_tokens': maybe(fc.nat(9)),
});

/** Two traces that may share sessions; of some spans the parent is elsewhere. */
const traces = fc
  .array(
    fc.record({
      trace: fc.constantFrom('a', 'b'),
      parent: fc.nat(9),
      startTime: fc.integer({ min: 0, max: 20 }),
      ms: fc.nat(10),
      attributes,
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) =>
    list.map((each, index): Span => {
      const parent = Math.max(0, index - each.parent);
      const hasParent = each.parent > 0 && (parent !== index || each.parent === 9);
      const idOf = (number: number): string => `${number}`.padStart(16, `${each.trace}0`);
      return buildSpan({
        traceId: each.trace.repeat(32),
        spanId: idOf(index),
        parentSpanId: hasParent ? idOf(parent) : null,
        name: `span ${index}`,
        startTime: 1_760_000_000_000 + each.startTime,
        endTime: 1_760_000_000_000 + each.startTime + each.ms,
        attributes: Object.fromEntries(
          Object.entries(each.attributes).filter(([, value]) => value !== undefined),
        ),
      });
    }),
  );

/** The spans in another order, cut into requests, with a restart after some. */
const cut = traces.chain((spans) =>
  fc.record({
    spans: fc.constant(spans),
    mixed: fc.shuffledSubarray(spans, { minLength: spans.length }),
    cuts: fc.array(fc.boolean(), { minLength: spans.length, maxLength: spans.length }),
    restarts: fc.array(fc.option(fc.constant(true), { freq: 5 }).map(Boolean), {
      minLength: spans.length,
      maxLength: spans.length,
    }),
  }),
);

function toRequests(spans: readonly Span[], cuts: readonly boolean[]): Span[][] {
  const requests: Span[][] = [];
  for (const [index, span] of spans.entries()) {
    if (index === 0 || cuts[index]) requests.push([]);
    requests.at(-1)?.push(span);
  }
  return requests;
}

test(
  'traces are the same sessions, trees, rows and sums, however their spans are cut into requests and in whatever order',
  {
    timeout: 600_000,
  },
  async () => {
    await fc.assert(
      fc.asyncProperty(cut, async ({ spans, mixed, cuts, restarts }) => {
        const inTurn = await store([spans]);

        const inPieces = await store(toRequests(mixed, cuts), restarts);

        expect(inPieces).toEqual(inTurn);
      }),
      { numRuns: byLevel({ short: 300, full: 10_000 }) },
    );
  },
);

test('use counts in a session again when the span that repeated it has moved away, also after a restart', async () => {
  const at = { startTime: 1_760_000_000_000, endTime: 1_760_000_000_000 };
  const used = { 'gen_ai.usage.input_tokens': 1 };
  const [root, parent, child] = [
    buildSpan({ ...at, spanId: '1'.repeat(16), attributes: { 'honeyhive.session_id': 's1' } }),
    buildSpan({
      ...at,
      spanId: '2'.repeat(16),
      attributes: { ...used, 'honeyhive.session_id': 's2' },
    }),
    buildSpan({
      ...at,
      spanId: '3'.repeat(16),
      parentSpanId: '2'.repeat(16),
      attributes: used,
    }),
  ];

  const inPieces = await store([[parent], [child], [root]], [false, true]);

  expect(inPieces).toEqual(await store([[root, parent, child]]));
});
