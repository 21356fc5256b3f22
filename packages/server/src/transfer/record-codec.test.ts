import fc from 'fast-check';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { costSources } from '../domain/pricing.ts';
import { parseDigest } from '../domain/event-digest.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { buildKey } from '../store/testing/build-key.ts';
import { decodeLine, encodeLine } from './record-codec.ts';
import { TransferError } from './transfer-error.ts';
import { noRecords } from './transfer-record.ts';
import type { TransferLine } from './transfer-record.ts';

/** What a line is after it was written and read. */
const roundTrip = (line: TransferLine): TransferLine =>
  decodeLine(encodeLine(line).slice(0, -1), 1);

/** Texts of objects that are easily lost: they come back to the letter. */
const oddObjects = [
  '{"__proto__":{"polluted":true}}',
  '{"a":1,"a":2}',
  '{"n":12345678901234567890123,"x":1e400,"z":-0,"f":1.10}',
  '{ "spaces" : [ ] }',
  String.raw`{"lone":"\ud800","nul":"\u0000","line":"\u2028"}`,
  '{"constructor":{"prototype":null},"crc32":"00000000"}',
];

const bucket = fc.oneof(
  fc.constantFrom(...oddObjects),
  fc
    .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    .map((value) => JSON.stringify(value)),
);
const text = fc.string({ unit: 'grapheme' });
const instant = fc.integer({ min: -(2 ** 45), max: 2 ** 45 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0));

const events: fc.Arbitrary<StoredEvent> = fc
  .record({
    projectId: text,
    sessionId: text,
    eventId: text,
    version: fc.maxSafeNat(),
    isDeleted: fc.boolean(),
    eventType: fc.constantFrom('session' as const, 'model', 'tool', 'chain'),
    eventName: text,
    parentId: fc.option(text),
    childrenIds: fc.array(text),
    source: text,
    error: fc.option(text),
    startTime: number,
    endTime: number,
    durationMs: number,
    hasEnded: fc.boolean(),
    promptTokens: number,
    completionTokens: number,
    totalTokens: number,
    costUsd: number,
    costSource: fc.constantFrom('' as const, ...costSources),
    repeatedUse: fc.nat(3),
    sampleRate: fc.constantFrom(0, 0.25, 1),
    isPartial: fc.boolean(),
    isEmptied: fc.boolean(),
    createdAt: instant,
    updatedAt: instant,
    config: bucket,
    inputs: bucket,
    outputs: bucket,
    metadata: bucket,
    metrics: bucket,
    feedback: bucket,
    user_properties: bucket,
    isByOrganisation: fc.boolean(),
    apiKeyId: fc.constantFrom('', 'k1'),
    origin: text,
  })
  .map((event) => ({ ...event, ...parseDigest(event) }));

describe('what is written is read', () => {
  test('any event', () => {
    fc.assert(
      fc.property(events, (event) => {
        expect(roundTrip({ type: 'event', event })).toEqual({ type: 'event', event });
      }),
    );
  });

  test('any project, with property names of Object.prototype', () => {
    const metadata = fc
      .dictionary(fc.constantFrom('__proto__', 'constructor', 'toString', 'a'), fc.jsonValue())
      .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
    const projects = fc.record({
      id: text,
      name: text,
      description: text,
      type: fc.option(text),
      metadata,
      createdAt: instant,
      updatedAt: instant,
    });
    fc.assert(
      fc.property(projects, (project) => {
        const line = roundTrip({ type: 'project', record: project });
        if (line.type !== 'project') throw new Error(line.type);
        expect(line.record).toEqual(project);
        expect(JSON.stringify(line.record.metadata)).toBe(JSON.stringify(project.metadata));
      }),
    );
    expect({}).not.toHaveProperty('polluted');
  });

  const key = buildKey({ access: 'ingest', revokedAt: 2, expiresAt: 3, createdBy: 'cli' });
  const view = { id: 'v', projectId: 'p', content: '{"query":""}', createdAt: 1, updatedAt: 2 };
  const patch = { projectId: null, eventId: 'e', patch: '{"merge":{}}', receivedAt: 3 };
  test.each<TransferLine>([
    { type: 'header', header: { scope: 'project', writtenBy: '0.1.0', createdAt: 1 } },
    { type: 'organisation', record: { id: 'o' } },
    { type: 'settings', record: { projectId: 'p', settings: '{"__proto__":1}', updatedAt: 1 } },
    { type: 'key', record: { ...key, hash: 'a'.repeat(64) } },
    { type: 'view', record: view },
    { type: 'patch', record: patch },
    { type: 'end', counts: { ...noRecords, event: 7 } },
  ])('$type', (line) => {
    expect(roundTrip(line)).toEqual(line);
  });
});

test.each([
  [{ costUsd: 2, totalTokens: 5 }, 'sender'],
  [{ totalTokens: 5 }, 'unknown'],
  [{}, ''],
] as const)(
  'the cost of %j of a version that did not note its source is of "%s"',
  (use, source) => {
    const { data } = JSON.parse(
      encodeLine({ type: 'event', event: buildStoredEvent({ ...use, costSource: 'table' }) }),
    ) as { data: Record<string, unknown> };
    const { cost_source: _, ...older } = data;

    expect(decodeLine(sealed('event', older), 1)).toMatchObject({ event: { costSource: source } });
  },
);

test('events of a version that did not note who wrote them, or after what, count as sent by the organisation', () => {
  const { data } = JSON.parse(
    encodeLine({ type: 'event', event: buildStoredEvent({ isByOrganisation: false }) }),
  ) as { data: Record<string, unknown> };
  const { by_organisation: _, origin: _origin, has_ended: _hasEnded, ...older } = data;

  expect(decodeLine(sealed('event', older), 1)).toEqual({
    type: 'event',
    event: buildStoredEvent(),
  });
});

test('an export of a version that had no views has none', () => {
  const { view: _, ...counts } = noRecords;

  expect(decodeLine(sealed('end', { counts }), 1)).toEqual({ type: 'end', counts: noRecords });
});

/** A line whose checksum is right, whatever is in it. */
function sealed(type: string, data: unknown): string {
  const text = `{"type":${JSON.stringify(type)},"data":${JSON.stringify(data)}`;
  return `${text},"crc32":"${crc32(text).toString(16).padStart(8, '0')}"}`;
}

describe('what cannot be read is refused with the line and the reason', () => {
  const line = encodeLine({ type: 'event', event: buildStoredEvent() }).slice(0, -1);

  test('any character changed, dropped or duplicated', () => {
    const places = fc.nat({ max: line.length - 1 });
    fc.assert(
      fc.property(places, fc.constantFrom('', 'x', '1', '}', '"'), (at, put) => {
        const damaged = line.slice(0, at) + put + line.slice(at + 1);
        fc.pre(damaged !== line);
        expect(() => decodeLine(damaged, 7)).toThrow(TransferError);
        expect(() => decodeLine(damaged, 7)).toThrow(/^line 7: it is /);
      }),
    );
  });

  test('truncated anywhere', () => {
    for (let length = 0; length < line.length; length += 1)
      expect(() => decodeLine(line.slice(0, length), 2)).toThrow(/^line 2: /);
  });

  const header = {
    format: 'honeyhive-export',
    version: 1,
    scope: 'project',
    written_by: '1',
    created_at: 1,
  };
  const { data: event } = JSON.parse(line) as { data: object };
  const eventBut = (change: object) => ({ ...event, ...change });
  test.each<[string, unknown, string]>([
    [
      'header',
      { ...header, version: 2 },
      'the file has version 2 of the format, this honeyhive reads version 1',
    ],
    ['header', { ...header, format: 'other' }, '`format` is not one of honeyhive-export'],
    ['toString', {}, 'records of the type "toString" are not known'],
    ['event', [], '`data` is not an object'],
    ['event', eventBut({ inputs: '{' }), '`inputs` is not the text of a JSON object'],
    ['event', eventBut({ inputs: '[]' }), '`inputs` is not the text of a JSON object'],
    ['event', eventBut({ version: 1.5 }), '`version` is not a whole number'],
    ['event', eventBut({ start_time: null }), '`start_time` is not a number'],
    [
      'event',
      eventBut({ event_type: 'x' }),
      '`event_type` is not one of session, model, tool, chain',
    ],
    ['event', eventBut({ children_ids: [1] }), '`children_ids` is not a list of strings'],
    ['event', { __proto__: event }, '`project_id` is not a string'],
    ['end', { counts: { event: 1 } }, '`organisation` is not a whole number'],
  ])('%s: %j: %s', (type, data, reason) => {
    expect(() => decodeLine(sealed(type, data), 3)).toThrow(`line 3: ${reason}`);
  });
});
