import { expect, test } from 'vitest';
import type { EventHead } from '../domain/stored-event.ts';
import { writeMark } from '../domain/trace-mark.ts';
import type { TraceSpan } from '../domain/trace-span.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { placeTraces } from './place-traces.ts';
import type { TraceChange, TraceSources } from './place-traces.ts';
import type { Write } from './write.ts';

const unknown: TraceSources = { findMark: () => undefined, mayHold: () => false };

const toHead = ({ row, mark }: TraceChange): EventHead => ({ ...row, origin: writeMark(mark) });

const trace = { id: 't', ownSession: 'own', mark: 'mark' };

/** A span that begins at the time; the first of the trace at 0. */
function span(startTime: number, sessionId: string | null, more: Partial<TraceSpan> = {}): Write {
  const spanId = `span ${startTime}`;
  const eventSession = sessionId ?? 'own';
  return {
    kind: 'create',
    event: buildStoredEvent({
      eventId: spanId,
      sessionId: eventSession,
      parentId: eventSession,
      startTime,
    }),
    sent: { event_type: 'model' },
    span: {
      trace,
      spanId,
      isFirst: startTime === 0,
      sessionName: null,
      sessionId,
      isAddressed: false,
      ...more,
    },
  };
}

/** Places each group after the ones before, and says in which session each event came to lie. */
function place(...groups: readonly (readonly Write[])[]): (readonly string[])[] {
  let mark: EventHead | undefined;
  return groups.map((writes) => {
    const placed = placeTraces(writes, { ...unknown, findMark: () => mark });
    mark = placed.changes[0] ? toHead(placed.changes[0]) : mark;
    return placed.writes.flatMap((write) => ('event' in write ? [write.event.sessionId] : []));
  });
}

test('spans of a trace of which none names a session are in its own', () => {
  expect(place([span(0, null), span(1, null)])).toEqual([['own', 'own']]);
});

test.each([
  ['one that names none joins it', [span(0, 'a')], [span(1, null)]],
  ['one that names another joins it', [span(0, 'a')], [span(1, 'b')]],
  ['the earlier one decides', [span(1, 'a')], [span(2, 'b')]],
])('of spans after one that named a session, %s', (_what, before, after) => {
  expect(place(before, after).at(-1)).toEqual(['a']);
});

test('the first span decides, though it comes last', () => {
  expect(place([span(1, 'b')], [span(2, 'c'), span(0, 'a')])).toEqual([['b'], ['a', 'a']]);
});

test('of spans that begin together, the one that ends later decides', () => {
  const short = span(1, 'b');
  const long = span(1, 'a');
  if ('event' in long) Object.assign(long.event, { endTime: 100 });

  expect(place([short, long])).toEqual([['a', 'a']]);
});

test('a span that is addressed stays where it is, and decides for the others', () => {
  const addressed = { isAddressed: true };

  expect(place([span(0, 'a', addressed), span(1, null), span(2, 'b', addressed)])).toEqual([
    ['a', 'a', 'b'],
  ]);
});

test('what was below the root of one session is below that of the other', () => {
  const { writes } = placeTraces([span(0, 'a'), span(1, 'b')], unknown);

  expect(writes.map((write) => 'event' in write && write.event.parentId)).toEqual(['a', 'a']);
});

test('a mark is written when the first span that names a session is another one, and else is not', () => {
  const [first] = placeTraces([span(1, 'a')], unknown).changes;
  if (!first) throw new Error('no mark');
  const known = { ...unknown, findMark: () => toHead(first) };

  const again = placeTraces([span(1, 'a'), span(2, 'b')], known).changes;
  const earlier = placeTraces([span(0, 'a')], known).changes;

  expect(first.row).toMatchObject({
    eventId: 'mark',
    sessionId: 'a',
    version: 1,
    isDeleted: true,
  });
  expect(again).toEqual([]);
  expect(earlier).toMatchObject([{ row: { sessionId: 'a', version: 2 }, places: [] }]);
});

test('what came before is moved: from the session of the trace alone all of it, from others the trace', () => {
  const [named] = placeTraces([span(1, 'b')], { ...unknown, mayHold: () => true }).changes;
  if (!named) throw new Error('no mark');

  const [moved] = placeTraces([span(0, 'a')], {
    ...unknown,
    findMark: () => toHead(named),
  }).changes;

  expect(named.places).toEqual([{ projectId: 'p1', sessionId: 'own', traceId: null }]);
  expect(moved?.places).toEqual([
    { projectId: 'p1', sessionId: 'own', traceId: null },
    { projectId: 'p1', sessionId: 'b', traceId: 't' },
  ]);
});

test('the same trace in two projects is two traces', () => {
  const elsewhere = span(1, null);
  if ('event' in elsewhere) Object.assign(elsewhere.event, { projectId: 'p2' });

  expect(place([span(0, 'a'), elsewhere])).toEqual([['a', 'own']]);
});
