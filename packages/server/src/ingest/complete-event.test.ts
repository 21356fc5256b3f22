import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftEvent } from '../domain/event-draft.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { noPricer } from '../domain/pricing.ts';
import { completeEvent } from './complete-event.ts';

type Sent = Readonly<Record<string, unknown>>;

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

function draft(sent: Sent, at = now): StoredEvent {
  const made = draftEvent(
    { event_type: 'model', event_id: 'e1', session_id: 's1', ...sent },
    {
      projectId: 'p1',
      now: at,
      acceptsUnknownType: false,
      isByOrganisation: true,
      apiKeyId: 'k1',
      pricer: noPricer,
    },
  );
  if ('issues' in made) throw new Error(JSON.stringify(made.issues));
  return made.event;
}

/** The event after another one was sent a second later under its id. */
const complete = (first: Sent, second: Sent) =>
  completeEvent(draft(first), draft(second, now + 1000), { event_type: 'model', ...second });

const begun = { event_name: 'call', start_time: now, inputs: { q: 1 } };

describe('an event that is sent again', () => {
  test.each<[string, Sent]>([
    [
      'with all of its fields',
      { ...begun, outputs: { a: [1, { b: 2 }] }, error: 'no', duration: 5 },
    ],
    ['without any time', { event_name: 'call' }],
    ['with a duration alone', { duration: 12 }],
    ['with an end alone', { end_time: now }],
  ])('%s is the same event', (_name, sent) => {
    const known = draft(sent);

    expect(completeEvent(known, draft(sent, now + 1000), { event_type: 'model', ...sent })).toEqual(
      {
        value: known,
        kept: [],
      },
    );
  });

  test.each<[string, Sent, Partial<StoredEvent>]>([
    ['an end', { end_time: now + 900 }, { endTime: now + 900, durationMs: 900 }],
    ['a duration', { duration: 700 }, { endTime: now + 700, durationMs: 700 }],
    ['outputs', { outputs: { content: 'done' } }, { outputs: '{"content":"done"}' }],
    ['an error', { error: 'timeout' }, { error: 'timeout' }],
    ['a parent', { parent_id: 'p' }, { parentId: 'p' }],
    ['children', { children_ids: ['c'] }, { childrenIds: ['c'] }],
    ['a source', { source: 'production' }, { source: 'production' }],
    ['feedback', { feedback: { rating: 1 } }, { feedback: '{"rating":1}' }],
    ['a name', { event_name: 'call' }, { eventName: 'call' }],
  ])('gets %s that it had not', (_name, more, expected) => {
    const { event_name: _unnamed, ...first } = begun;

    const { value, kept } = complete(first, { ...first, ...more });

    expect(value).toMatchObject({ ...expected, startTime: now, updatedAt: now + 1000 });
    expect(kept).toEqual([]);
  });

  test('keeps what it has, and says where the other differs', () => {
    const first = {
      ...begun,
      end_time: now + 5,
      error: 'first',
      source: 'a',
      parent_id: 'p',
      outputs: { text: 'a' },
      metadata: { 'a.b': 1, deep: { same: 1, other: 2 } },
    };
    const second = {
      ...begun,
      event_type: 'tool',
      event_name: 'other',
      start_time: now + 1,
      end_time: now + 9,
      duration: 3,
      error: 'second',
      source: 'b',
      parent_id: 'q',
      outputs: { text: 'b', more: 1 },
      metadata: { 'a.b': 2, deep: { same: 1, other: 3, added: 4 } },
    };

    const { value, kept } = complete(first, second);

    const { metadata, ...rest } = draft(first);
    expect(value).toEqual({
      ...rest,
      metadata: '{"a.b":1,"deep":{"same":1,"other":2,"added":4}}',
      updatedAt: now + 1000,
    });
    expect(metadata).not.toBe(value.metadata);
    expect(kept.toSorted()).toEqual(
      [
        'end_time',
        'duration',
        'error',
        'event_name',
        'event_type',
        'metadata["a.b"]',
        'metadata.deep.other',
        'outputs',
        'parent_id',
        'source',
        'start_time',
      ].toSorted(),
    );
  });

  test('continues a list where it ended', () => {
    const { value, kept } = complete(
      { metadata: { events: [{ name: 'a' }], tags: ['x', 'y'] } },
      { metadata: { events: [{ name: 'a' }, { name: 'b' }], tags: ['x'] } },
    );

    expect(JSON.parse(value.metadata)).toEqual({
      events: [{ name: 'a' }, { name: 'b' }],
      tags: ['x', 'y'],
    });
    expect(kept).toEqual(['metadata.tags']);
  });

  test.each([
    [{ draft: true }, { final: true }, { draft: true }, ['outputs']],
    [{ text: 'a' }, { text: 'a', usage: 1 }, { text: 'a', usage: 1 }, []],
    [{ text: 'a', usage: 1 }, { text: 'a' }, { text: 'a', usage: 1 }, []],
  ])('with outputs %j and then %j has %j', (first, second, expected, differing) => {
    const { value, kept } = complete({ outputs: first }, { outputs: second });

    expect([JSON.parse(value.outputs), kept]).toEqual([expected, differing]);
  });

  test('loses nothing to an empty field', () => {
    const first = { ...begun, error: 'no', outputs: { a: 1 }, metadata: { a: 1 } };
    const empty = { error: null, outputs: {}, metadata: { a: null }, inputs: {}, event_name: null };

    expect(complete(first, empty)).toEqual({ value: draft(first), kept: [] });
  });
});

const json = fc.jsonValue({ maxDepth: 3 });
const bucket = fc.dictionary(fc.constantFrom('a', 'b', 'c'), json, { maxKeys: 3 });
const anySent = fc.record(
  {
    event_name: fc.constantFrom('one', 'two'),
    error: fc.constantFrom('one', 'two'),
    duration: fc.integer({ min: 1, max: 9 }),
    start_time: fc.constant(now),
    inputs: bucket,
    outputs: bucket,
    metadata: bucket,
    feedback: bucket,
  },
  { requiredKeys: ['start_time'] },
);

test('whatever is sent again, what was stored stays, and once more changes nothing', () => {
  fc.assert(
    fc.property(anySent, anySent, (first, second) => {
      const known = draft(first);
      const { value } = complete(first, second);
      const again = completeEvent(value, draft(second, now + 2000), {
        event_type: 'model',
        ...second,
      });
      const back = completeEvent(value, known, { event_type: 'model', ...first });

      expect(again.value).toBe(value);
      expect(back.value).toBe(value);
    }),
    { numRuns: 300 },
  );
});
