import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { join } from './join.ts';
import { Slab } from './slab.ts';
import type { Place } from './slab.ts';

const newline = 0x0a;
const toText = (places: readonly Place[]): string =>
  Buffer.from(join(places, { before: 0, separator: newline, after: 0 })).toString();
const toLines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const fill = (letter: string, length: number) => JSON.stringify(letter.repeat(length));

describe('what was written is read as it was', () => {
  test('in the head, after it, and in any script', () => {
    const slab = new Slab();
    const places = [
      slab.write('', '{"a":"ü€😀"}'),
      slab.write('{"project":"Größe","n":1,', '{"b":"…"}'),
      slab.write('', '{}'),
    ];

    expect(toText(places)).toBe('{"a":"ü€😀"}\n{"project":"Größe","n":1,"b":"…"}\n{}\n');
    expect(places.map(({ bytes }) => bytes)).toEqual([17, 37, 2]);
  });

  test('whatever its length, and whichever of the others are needed no longer', () => {
    const lengths = fc.integer({ min: 0, max: 90_000 });
    const steps = fc.array(fc.record({ length: lengths, isWide: fc.boolean(), release: fc.nat() }));
    fc.assert(
      fc.property(steps, (list) => {
        const slab = new Slab();
        let held: { text: string; place: Place }[] = [];
        for (const [index, { length, isWide, release }] of list.entries()) {
          const text = fill(isWide ? '€' : String(index % 10), length);
          held.push({ text, place: slab.write('', text) });
          const gone = held[release % (2 * held.length)];
          if (gone === undefined) continue;
          slab.release(gone.place);
          held = held.filter((each) => each !== gone);
        }

        expect(toText(held.map(({ place }) => place))).toBe(toLines(held.map(({ text }) => text)));
      }),
      { numRuns: 60 },
    );
  });
});

test('what is released immediately takes no memory from the others', () => {
  const slab = new Slab();
  const kept = slab.write('', '{}');
  for (let count = 0; count < 100_000; count += 1) slab.release(slab.write('', fill('x', 1000)));

  expect(slab.write('', '{}').chunk).toBe(kept.chunk);
});

test('memory is used again once nothing in it is needed', () => {
  const slab = new Slab();
  const chunks = new Set();
  for (let round = 0; round < 200; round += 1) {
    const places = Array.from({ length: 20 }, () => slab.write('', fill('x', 50_000)));
    for (const place of places) {
      chunks.add(place.chunk);
      slab.release(place);
    }
  }

  expect(chunks.size).toBeLessThan(12);
});

test('releasing twice is the same as once', () => {
  const slab = new Slab();
  const place = slab.write('', '{"a":1}');
  const other = slab.write('', '{"b":2}');

  slab.release(place);
  slab.release(place);

  slab.write('', '{"c":3}');
  expect(toText([other])).toBe('{"b":2}\n');
});
