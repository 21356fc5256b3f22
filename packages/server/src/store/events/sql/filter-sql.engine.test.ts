import fc from 'fast-check';
import { byLevel } from 'honeyhive-testkit';
import { bucketNames } from 'honeyhive-wire';
import { describe, expect, test } from 'vitest';
import type { EventFilter, FilterOperator, FilterType } from '../../../domain/event-query.ts';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { matches } from '../../testing/filter-model.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const store = await openTestStore();
let projectCount = 0;

/** Stores the events in their own project. */
async function storeAll(events: readonly Partial<StoredEvent>[]): Promise<StoredEvent[]> {
  projectCount += 1;
  const rows = events.map((event, index) =>
    buildStoredEvent({ eventId: `e${index}`, ...event, projectId: `p${projectCount}` }),
  );
  await store.insert(rows);
  return rows;
}

async function findIds(filter: EventFilter): Promise<string[]> {
  const events = await store.listEvents({
    projectIds: [`p${projectCount}`],
    filters: [filter],
    rootsOnly: false,
    limit: 1_000,
    offset: 0,
  });
  return events.map(({ eventId }) => eventId).toSorted();
}

const filter = (
  field: string,
  operator: FilterOperator,
  value: EventFilter['value'] = null,
  type: FilterType = 'string',
): EventFilter => ({ path: field.split('.'), operator, value, type });

const operators: FilterOperator[] = [
  'exists',
  'not exists',
  'is',
  'is not',
  'contains',
  'not contains',
  'greater than',
  'less than',
  'after',
  'before',
];
const types: FilterType[] = ['string', 'number', 'boolean', 'datetime'];

const texts = [
  ...['', 'x', 'xy', 'yx', 'true', 'null', 'nul', 'a"b', 'a\\b', 'line\nbreak', 'break', 'nbreak'],
  ...['é😀', '\ud800', '\uFFFD', "it's", '{p0:String}', '%', '[1]', '"', ', ', 'A', 'tab\there'],
  ...['3', '3.0', '-2.5', '1e3', '+5', '.5', '5.', ' 3', '0x10', 'inf', '-inf', 'nan', 'Infinity'],
  ...['2026-01-02', '2026-01-02T03:04:05Z', '2026-01-02 03:04', '2026-01-02T05:04:05+02:00'],
  ...['2026-02-31', '2026-13-01', '1767323045000', 'soon', '2026-01-02T03:04:05.123456Z'],
];
const numbers = [0, 1, 3, 5, 1000, -2.5, 0.25, 1_767_323_045_000, 16];
const scalars = [...texts, ...numbers, true, false, null];

/** `fromEntries` defines own properties, `__proto__` too. */
const toObject = (entries: [string, unknown][]): unknown => Object.fromEntries(entries);

const scalar = fc.constantFrom(...scalars);
const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', 'a.b.c', 'q"k', 'é', '__proto__');
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map(toObject),
  ),
})).value;

const bucket = fc.array(fc.tuple(key, json), { maxLength: 4 }).map((entries) => {
  return JSON.stringify(toObject(entries));
});

const event = fc.record({
  eventName: fc.constantFrom(...texts),
  source: fc.constantFrom(...texts),
  error: fc.option(fc.constantFrom(...texts)),
  parentId: fc.option(fc.constantFrom(...texts)),
  childrenIds: fc.array(fc.constantFrom('x', 'y', 'a"b', '3'), { maxLength: 3 }),
  eventType: fc.constantFrom('model' as const, 'tool' as const, 'chain' as const),
  durationMs: fc.constantFrom(0, 1, 3, 0.25, 1000),
  startTime: fc.constantFrom(1_767_323_045_000, 1_767_323_045_000.5, 1_767_312_000_000, 0, 1000),
  metadata: bucket,
  inputs: bucket,
});

const segment = fc.constantFrom('a', 'b', 'c', 'q"k', 'é', '__proto__');
const bucketPath = fc
  .tuple(fc.constantFrom('metadata', 'inputs'), fc.array(segment, { minLength: 1, maxLength: 4 }))
  .map(([head, segments]) => [head, ...segments]);
const rootPath = fc
  .constantFrom(
    ...['event_name', 'source', 'error', 'parent_id', 'children_ids', 'event_type', 'event_id'],
    ...['duration', 'start_time', 'end_time', 'created_at', 'session_id', 'project_id', 'unknown'],
  )
  .map((name) => [name]);

const anyFilter: fc.Arbitrary<EventFilter> = fc
  .record({
    path: fc.oneof({ weight: 3, arbitrary: bucketPath }, rootPath),
    operator: fc.constantFrom(...operators),
    value: fc.constantFrom(...texts, ...numbers, true, false),
    type: fc.constantFrom(...types),
  })
  .map((made) => (made.operator.endsWith('exists') ? { ...made, value: null } : made));

const fieldsOfPairs = ['metadata.a', 'metadata.b.c', 'event_name', 'error', 'start_time'];
const valuesOfPairs = ['3', 'x', 3, true, '2026-01-02'];

/** Each field with each value; in `npm test` each value with one field, another one for each operator and type. */
function toPairs(operator: (typeof operators)[number], type: FilterType) {
  const values = operator.endsWith('exists') ? [null] : valuesOfPairs;
  const shift = operators.indexOf(operator) + types.indexOf(type);
  return values.flatMap((value, place) => {
    const one = (place + shift) % fieldsOfPairs.length;
    const fields = byLevel({ short: fieldsOfPairs.slice(one, one + 1), full: fieldsOfPairs });
    return fields.map((field) => [field, value] as const);
  });
}

describe('every operator and type', () => {
  test('finds what the plain meaning of filters says, on random events', async () => {
    const events = fc.array(event, { minLength: 1, maxLength: 60 });
    const filters = fc.array(anyFilter, { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(events, filters, async (some, asked) => {
        const rows = await storeAll(some);
        for (const one of asked) {
          const expected = rows.filter((row) => matches(row, one)).map(({ eventId }) => eventId);
          expect({ one, ids: await findIds(one) }).toEqual({ one, ids: expected.toSorted() });
        }
      }),
      { numRuns: byLevel({ short: 3, full: 15 }) },
    );
  }, 300_000);

  test.each(operators.flatMap((operator) => types.map((type) => [operator, type] as const)))(
    '%s as %s agrees with the plain meaning for every value, field by field',
    async (operator, type) => {
      const metadata = scalars.map((value) => JSON.stringify({ a: value, b: [{ c: [value] }] }));
      const rows = await storeAll(
        scalars.map((value, index) => ({
          metadata: metadata[index] ?? '{}',
          eventName: typeof value === 'string' ? value : 'none',
          error: typeof value === 'string' ? value : null,
          startTime: typeof value === 'number' && value >= 0 ? value : 7,
        })),
      );
      for (const [field, value] of toPairs(operator, type)) {
        const one = filter(field, operator, value, type);
        const expected = rows.filter((row) => matches(row, one)).map(({ eventId }) => eventId);
        expect({ one, ids: await findIds(one) }).toEqual({ one, ids: expected.toSorted() });
      }
    },
  );
});

describe('several filters of which one must hold', () => {
  test('find what each of them finds, on random events', async () => {
    const events = fc.array(event, { minLength: 1, maxLength: 40 });
    const groups = fc.array(fc.array(anyFilter, { minLength: 1, maxLength: 4 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.array(groups, { minLength: 5, maxLength: 5 }),
        async (some, asked) => {
          const rows = await storeAll(some);
          for (const lists of asked) {
            const found = await store.countEvents({
              projectIds: [`p${projectCount}`],
              filters: lists.map((anyOf) => ({ anyOf })),
              rootsOnly: false,
            });
            const expected = rows.filter((row) => lists.every((anyOf) => matches(row, { anyOf })));
            expect({ lists, found }).toEqual({ lists, found: expected.length });
          }
        },
      ),
      { numRuns: byLevel({ short: 4, full: 10 }) },
    );
  }, 300_000);
});

describe('paths', () => {
  test('lead through arrays, at two levels and into arrays of plain values', async () => {
    await storeAll([
      {
        eventId: 'chat',
        inputs: '{"chat_history":[{"content":"hi"},{"content":"need a refund"}]}',
      },
      {
        eventId: 'calls',
        inputs: '{"chat_history":[{"calls":[{"name":"lookup"},{"name":"pay"}]}]}',
      },
      { eventId: 'tags', inputs: '{"tags":["red","blue"]}' },
      { eventId: 'none', inputs: '{}' },
    ]);

    expect(await findIds(filter('inputs.chat_history.content', 'contains', 'refund'))).toEqual([
      'chat',
    ]);
    expect(await findIds(filter('inputs.chat_history.calls.name', 'is', 'pay'))).toEqual(['calls']);
    expect(await findIds(filter('inputs.tags', 'is', 'blue'))).toEqual(['tags']);
    expect(await findIds(filter('inputs.tags', 'contains', '"red","blue"'))).toEqual(['tags']);
    expect(await findIds(filter('inputs.tags', 'not exists'))).toEqual(['calls', 'chat', 'none']);
  });

  test('find what equals a value in every form in which it may be written', async () => {
    await storeAll([
      { eventId: 'text', metadata: '{"a":{"b":"3"}}' },
      { eventId: 'number', metadata: '{"a":{"b":3}}' },
      { eventId: 'longer', metadata: '{"a":{"b":33,"c":"3"}}' },
      { eventId: 'prefix', metadata: '{"a":{"b":"3 x","c":3}}' },
      { eventId: 'beside', metadata: '{"a":{"c":{"b":3}},"b":"3"}' },
      { eventId: 'array', metadata: '{"a":{"b":["1","3"]}}' },
      { eventId: 'objects', metadata: '{"a":[{"b":1},{"b":"3"}]}' },
      { eventId: 'dotted', metadata: '{"a.b":3}' },
      { eventId: 'true', metadata: '{"a":{"b":true}}' },
      { eventId: 'quoted', metadata: JSON.stringify({ a: { b: 'say "3"\n' } }) },
      { eventId: 'place', metadata: '{"a":{"b":{"1":"3"}}}' },
    ]);
    const equal = (value: string, type: FilterType = 'string', field = 'metadata.a.b') =>
      findIds(filter(field, 'is', value, type));

    expect(await equal('3')).toEqual(['array', 'dotted', 'number', 'objects', 'text']);
    expect(await equal('true')).toEqual(['true']);
    expect(await equal('true', 'boolean')).toEqual(['true']);
    expect(await equal('say "3"\n')).toEqual(['quoted']);
    expect(await equal('3', 'string', 'metadata.a.b.1')).toEqual(['array', 'place']);
    expect(await findIds(filter('metadata.a.b', 'is not', '3'))).toHaveLength(6);
  });

  test('do not take the spelling of an escape for text', async () => {
    await storeAll([
      {
        eventId: 'escape',
        inputs: JSON.stringify({ list: [{ t: 'line\nothing' }], one: 'line\nothing' }),
      },
      { eventId: 'text', inputs: JSON.stringify({ list: [{ t: 'nothing' }], one: 'nothing' }) },
    ]);

    expect(await findIds(filter('inputs.list.t', 'contains', 'nothing'))).toEqual(['text']);
    expect(await findIds(filter('inputs.one', 'contains', 'nothing'))).toEqual(['text']);
    expect(await findIds(filter('inputs.one', 'contains', 'line\noth'))).toEqual(['escape']);
  });

  test('find numbers beyond 64 bits, and values beside half a surrogate pair', async () => {
    const big = 123_456_789_012_345_680_000;
    await storeAll([
      { eventId: 'big', metadata: JSON.stringify({ n: big, neg: -big, e: 1e21, near: 'x' }) },
      { eventId: 'half', metadata: JSON.stringify({ t: 'a\ud800b', near: 'x', n: 1e-7 }) },
    ]);

    expect(await findIds(filter('metadata.near', 'is', 'x'))).toEqual(['big', 'half']);
    expect(await findIds(filter('metadata.n', 'is', big, 'number'))).toEqual(['big']);
    expect(await findIds(filter('metadata.n', 'is', String(big)))).toEqual(['big']);
    expect(await findIds(filter('metadata.e', 'is', '1e+21'))).toEqual(['big']);
    expect(await findIds(filter('metadata.n', 'is', '1e-7'))).toEqual(['half']);
    expect(await findIds(filter('metadata.neg', 'less than', -1e20, 'number'))).toEqual(['big']);
    expect(await findIds(filter('metadata.t', 'contains', 'b'))).toEqual(['half']);
    expect(await findIds(filter('metadata.t', 'is', 'a\ud800b'))).toEqual(['half']);
  });

  test('may have twenty segments, and a query fifty filters', async () => {
    const segments = Array.from({ length: 19 }, (_, index) => `s${index}`);
    const nested = segments.reduceRight<unknown>((inner, name) => ({ [name]: [inner] }), 'end');
    const plain = segments.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'end');
    await storeAll([
      { eventId: 'plain', metadata: JSON.stringify(plain) },
      { eventId: 'nested', metadata: JSON.stringify(nested) },
      { eventId: 'flat', metadata: JSON.stringify({ [segments.join('.')]: 'end' }) },
    ]);
    const one = filter(`metadata.${segments.join('.')}`, 'is', 'end');

    const count = await store.countEvents({
      projectIds: [`p${projectCount}`],
      filters: Array.from({ length: 50 }, () => one),
      rootsOnly: false,
    });

    expect(await findIds(one)).toEqual(['flat', 'plain']);
    expect(count).toBe(2);
  });

  test.each(bucketNames)('work in %s, and on it as a whole', async (name) => {
    await storeAll([
      { eventId: 'full', [name]: '{"a":{"b":"find me"}}' },
      { eventId: 'empty', [name]: '{}' },
    ]);

    expect(await findIds(filter(`${name}.a.b`, 'is', 'find me'))).toEqual(['full']);
    expect(await findIds(filter(name, 'exists'))).toEqual(['full']);
    expect(await findIds(filter(name, 'not exists'))).toEqual(['empty']);
    expect(await findIds(filter(name, 'contains', 'find me'))).toEqual(['full']);
    expect(await findIds(filter(name, 'is', '{}'))).toEqual([]);
  });
});

describe('text from outside', () => {
  test.each([
    "'; DROP TABLE honeyhive.events; --",
    "\\'; DROP TABLE honeyhive.events; --",
    '{p0:String}',
    '$."a"[*]',
    '") OR 1 --',
    '\0',
    '\\N',
  ])('%j is never SQL, as a key or as a value', async (hostile) => {
    await storeAll([
      { eventId: 'it', metadata: JSON.stringify({ [hostile]: hostile, list: [{ [hostile]: 1 }] }) },
      { eventId: 'other', metadata: '{"x":1}' },
    ]);
    const at = (path: string[], operator: FilterOperator, value: EventFilter['value']) =>
      findIds({ path, operator, value, type: 'string' });

    expect(await at(['metadata', hostile], 'is', hostile)).toEqual(['it']);
    expect(await at(['metadata', 'list', hostile], 'is', 1)).toEqual(['it']);
    expect(await at(['metadata', hostile, hostile], 'exists', null)).toEqual([]);
    expect(await at(['event_name'], 'is', hostile)).toEqual([]);
    expect(await at([hostile], 'exists', null)).toEqual([]);
  });
});
