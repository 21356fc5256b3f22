import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';
import { encodeEvents } from './event-row.ts';

const store = await openTestStore();
let projectCount = 0;

/** The rows as the engine gives them back, in the order in which they were written. */
async function roundTrip(rows: readonly Partial<StoredEvent>[]): Promise<{
  written: StoredEvent[];
  read: StoredEvent[];
}> {
  projectCount += 1;
  const projectId = `p${projectCount}`;
  const written = rows.map((row, index) =>
    buildStoredEvent({ eventId: `e${index}`, ...row, projectId }),
  );
  await store.insert(written);
  const read = await store.readEvents(
    [projectId],
    written.map(({ eventId }) => eventId),
  );
  const order = written.map(({ eventId }) => eventId);
  return {
    written,
    read: read.toSorted((a, b) => order.indexOf(a.eventId) - order.indexOf(b.eventId)),
  };
}

const hostile = [
  '',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\\',
  '\\N',
  '\\n',
  '\\\\',
  "'",
  '"',
  'NULL',
  '\u0001\u001f\u007f',
  '\u2028\uFEFF\uFFFD',
  'é😀𝒳',
  'a\tb\nc\\d\re',
  'ends with a backslash\\',
  '\b\f\v',
];
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const number = fc.oneof(
  fc.constantFrom(0, 0.1, 1e-7, 1e21, 5e-324, Number.MAX_VALUE, 123_456_789.123_456_79, 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
);
const time = fc.oneof(
  fc.constantFrom(0, 0.5, 1_767_323_045_123.25, 8.64e15),
  fc.double({ noNaN: true, min: 0, max: 8.64e15 }),
);
const bucket = fc
  .dictionary(fc.oneof(text, fc.constant('__proto__')), fc.jsonValue(), { maxKeys: 4 })
  .map((value) => JSON.stringify(value));

const row: fc.Arbitrary<Partial<StoredEvent>> = fc.record({
  sessionId: text,
  version: fc.nat(),
  eventType: fc.constantFrom('session' as const, 'model' as const, 'tool' as const),
  eventName: text,
  parentId: fc.option(text, { nil: null }),
  childrenIds: fc.array(text, { maxLength: 4 }),
  source: text,
  error: fc.option(text, { nil: null }),
  startTime: time,
  endTime: time,
  durationMs: number,
  promptTokens: number,
  completionTokens: number,
  totalTokens: number,
  costUsd: number,
  createdAt: fc.nat({ max: 8.64e15 }),
  updatedAt: fc.nat({ max: 8.64e15 }),
  config: bucket,
  inputs: bucket,
  outputs: bucket,
  metadata: bucket,
  metrics: bucket,
  feedback: bucket,
  user_properties: bucket,
});

/** JSON has no negative zero, and so neither has what a client can send. */
const withoutNegativeZero = (event: StoredEvent): StoredEvent => {
  const positive = (value: number): number => (value === 0 ? 0 : value);
  return {
    ...event,
    startTime: positive(event.startTime),
    endTime: positive(event.endTime),
    durationMs: positive(event.durationMs),
    promptTokens: positive(event.promptTokens),
    completionTokens: positive(event.completionTokens),
    totalTokens: positive(event.totalTokens),
    costUsd: positive(event.costUsd),
  };
};

test('any row comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const { written, read } = await roundTrip(rows);

      expect(read).toEqual(written.map(withoutNegativeZero));
    }),
    { numRuns: byLevel({ short: 15, full: 40 }) },
  );
}, 240_000);

test.each(hostile.map((value) => [value]))('%j survives in every text', async (value) => {
  const asJson = JSON.stringify({ [value]: [value] });
  const { written, read } = await roundTrip([
    {
      sessionId: value,
      eventName: value,
      parentId: value,
      childrenIds: [value, value],
      source: value,
      error: value,
      inputs: asJson,
      user_properties: asJson,
    },
  ]);

  expect(read).toEqual(written);
});

test('ids and projects may be any text too', async () => {
  for (const value of hostile.filter((one) => one !== '')) {
    await store.insert([buildStoredEvent({ projectId: value, eventId: value })]);

    expect(await store.readHeads([value], [value])).toMatchObject([
      { projectId: value, eventId: value },
    ]);
  }
});

test('nothing and an empty text are two things', async () => {
  const { read } = await roundTrip([
    { error: null, parentId: null },
    { error: '', parentId: '' },
  ]);

  expect(read.map(({ error, parentId }) => [error, parentId])).toEqual([
    [null, null],
    ['', ''],
  ]);
});

test('half a surrogate pair in JSON stays what it is; in plain text it becomes U+FFFD', async () => {
  const { read } = await roundTrip([
    { eventName: 'a\ud800', metadata: JSON.stringify({ t: 'a\ud800' }) },
  ]);

  expect(read[0]?.eventName).toBe('a\uFFFD');
  expect(read[0]?.metadata).toBe('{"t":"a\\ud800"}');
});

test('a row of ten megabytes comes back whole', async () => {
  const inputs = JSON.stringify({ text: 'x\n"é'.repeat(1_500_000) });

  const { read } = await roundTrip([{ inputs }]);

  expect(read[0]?.inputs === inputs).toBe(true);
});

test('rows are lines: one for each event, whatever is in them', () => {
  const rows = hostile.map((value) => buildStoredEvent({ eventName: value, error: value }));

  expect(encodeEvents(rows).toString().split('\n')).toHaveLength(rows.length + 1);
  expect(encodeEvents([])).toHaveLength(0);
});
