import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSegment, encodeEvents, encodeSettled } from './segment-codec.ts';
import { Slab } from './slab.ts';
import type { Place } from './slab.ts';

const slab = new Slab();
const toLines = (...places: Place[]): string => Buffer.from(encodeEvents(places)).toString();
const toLine = (eventId: string, note: string): string =>
  toLines(slab.write('', JSON.stringify({ event_id: eventId, session_id: 's', note })));

const notes = fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 });
const idsOf = (file: string): string[] => decodeSegment(file).map(({ eventId }) => eventId);

test('an event is read as it was written, its head instead of the brace', () => {
  const line = toLines(slab.write('{"event_id":"e1",', '{"session_id":"s1","inputs":{}}'));

  expect(decodeSegment(line)).toEqual([
    {
      eventId: 'e1',
      sessionId: 's1',
      head: '',
      text: '{"event_id":"e1","session_id":"s1","inputs":{}}',
    },
  ]);
});

test('what is settled is not read, wherever the file was torn and gone on with', () => {
  const file = `${toLine('a', 'x')}${toLine('b', 'y')}{"event_id":"tor\n${encodeSettled(['a'])}${toLine('c', 'z')}`;

  expect(idsOf(file)).toEqual(['b', 'c']);
});

test('a file truncated anywhere loses at most the torn line', () => {
  fc.assert(
    fc.property(notes, fc.nat(), (texts, at) => {
      const lines = texts.map((note, place) => Buffer.from(toLine(`e${place}`, note)));
      const file = Buffer.concat(lines);
      const cut = file.length === 0 ? 0 : at % (file.length + 1);
      let end = 0;
      const whole = lines.filter((line) => (end += line.length) <= cut).length;

      const read = idsOf(file.subarray(0, cut).toString());

      // A line that lacks nothing but its end is whole.
      expect(read.length - whole === 0 || read.length - whole === 1).toBe(true);
      expect(read).toEqual(texts.slice(0, read.length).map((_note, place) => `e${place}`));
    }),
  );
});

test('a file truncated within settled entries returns more events, never fewer', () => {
  fc.assert(
    fc.property(notes, fc.nat(), (texts, at) => {
      const ids = texts.map((_note, place) => `e${place}`);
      const events = texts.map((note, place) => toLine(`e${place}`, note)).join('');
      const settled = encodeSettled(ids.slice(0, 5));

      const read = idsOf(events + settled.slice(0, at % settled.length));

      expect(ids.slice(5).every((id) => read.includes(id))).toBe(true);
    }),
  );
});
