import { describe, expect, test } from 'vitest';
import { draftEvent } from '../wire/draft.ts';
import { toBody } from './body.ts';
import { createSnapshots } from './snapshot.ts';
import { Slab } from './slab.ts';
import type { SnapshotContext, SnapshotResult } from './snapshot.ts';

const context: SnapshotContext = {
  project: 'shop',
  source: 'test',
  now: () => 1000,
  newId: () => 'made-id',
  redactEvent: null,
};
const snapshots = createSnapshots(context);
const bare = createSnapshots({ ...context, project: null, source: null });

const slab = new Slab();
const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const read = (made: SnapshotResult): unknown => {
  if ('drop' in made) return made.drop;
  const body: unknown = JSON.parse(toText(toBody([slab.write(made.head, made.text)])));
  return (body as { events: unknown[] }).events[0];
};

const least = { session_id: 's', event_type: 'tool', event_name: 'n' };

describe('an event is written as createEvent sends it', () => {
  test.each([
    ['the least', least],
    [
      'its own ids and times',
      { ...least, event_id: 'e', start_time: 5, end_time: 9, inputs: { a: 1 } },
    ],
    ['its own project', { ...least, project: 'other' }],
    ['its own source', { ...least, source: 'prod' }],
    [
      'null for defaults',
      { ...least, project: null, source: null, start_time: null, event_id: null },
    ],
    ['names it does not know', { ...least, user_id: 'u', custom: [1], metadata: { a: 1 } }],
    ['an end without a start', { ...least, end_time: 100, duration: 40 }],
    ['times as text', { ...least, start_time: '2026-01-01T00:00:00Z' }],
    ['undefined members', { ...least, outputs: undefined, error: null }],
  ])('with %s', (_name, input) => {
    expect(read(snapshots.ofEvent(input))).toEqual(draftEvent(input, context));
    expect(read(bare.ofEvent(input))).toEqual(
      draftEvent(input, { ...context, project: null, source: null }),
    );
  });
});

test('a date becomes an instant', () => {
  expect(read(snapshots.ofEvent({ ...least, start_time: new Date(77) }))).toMatchObject({
    start_time: 77,
  });
});

test('an event without a session gets one', () => {
  const made = snapshots.ofEvent({ event_type: 'tool', event_name: 'n' });

  expect(made).toMatchObject({ sessionId: 'made-id' });
  expect(read(made)).toMatchObject({ session_id: 'made-id' });
});

test('a session becomes the root of itself', () => {
  const made = snapshots.ofSession({ session_name: 'support', user_id: 'u' });

  expect(made).toMatchObject({ eventId: 'made-id', sessionId: 'made-id' });
  expect(read(made)).toMatchObject({
    event_type: 'session',
    event_name: 'support',
    event_id: 'made-id',
    session_id: 'made-id',
    user_properties: { user_id: 'u' },
  });
});

test.each([undefined, null, 5, 'text', [], () => 1, Symbol('x')])(
  'drops %s, which is no event, and does not throw',
  (input) => {
    expect(snapshots.ofEvent(input)).toMatchObject({ drop: { reason: 'invalid' } });
    expect(snapshots.ofSession(input)).toMatchObject({ drop: { reason: 'invalid' } });
  },
);

test.each([5, '', {}])('drops an event whose id is %j', (event_id) => {
  expect(snapshots.ofEvent({ ...least, event_id })).toMatchObject({ drop: { reason: 'invalid' } });
});

test('reads an event whose getter throws the careful way', () => {
  const input = {
    ...least,
    get outputs(): never {
      throw new Error('no');
    },
  };

  expect(read(snapshots.ofEvent(input))).toMatchObject({ outputs: '[unreadable: no]' });
});

test('an event that cannot be redacted does not leave', () => {
  const guarded = createSnapshots({
    ...context,
    redactEvent() {
      throw new Error('redact threw');
    },
  });

  expect(guarded.ofEvent(least)).toMatchObject({ drop: { reason: 'redaction_failed' } });
});

test('redacting changes neither ids nor the object of the caller', () => {
  const guarded = createSnapshots({
    ...context,
    redactEvent: (event) => ({ ...event, event_id: 'x', session_id: 'y', inputs: {} }),
  });
  const input = { ...least, event_id: 'e', inputs: { secret: 1 } };

  expect(read(guarded.ofEvent(input))).toMatchObject({
    event_id: 'e',
    session_id: 's',
    inputs: {},
  });
  expect(input.inputs).toEqual({ secret: 1 });
});
