import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonNode } from './json-node.ts';
import { fittingDepth, openToDepth, reveal, rowOf, setOpen, visibleRows } from './json-outline.ts';
import { pathOf, printPath, valueAt } from './json-path.ts';
import { readJson } from './json-reader.ts';
import { searchJson } from './json-search.ts';
import { holdsJson, unfoldString } from './nested-json.ts';

const sample = readJson('{"a": [1, {"b": 2}], "c": {"d": [], "my key": "x"}}');

const keysOfRows = (rows: Int32Array) => [...rows].map((index) => printPath(pathOf(sample, index)));

describe('rows of a tree', () => {
  test('has the root alone when all is closed', () => {
    expect(keysOfRows(visibleRows(sample, openToDepth(sample, 0)))).toEqual(['']);
  });

  test('shows what open containers hold, and nothing below closed ones', () => {
    const open = openToDepth(sample, 1);

    expect(keysOfRows(visibleRows(sample, open))).toEqual(['', 'a', 'c']);
  });

  test('opens and closes one container, or all within it', () => {
    const a = valueAt(sample, ['a']) ?? -1;
    const base = { document: sample, open: openToDepth(sample, 1) };

    const one = setOpen(base, a, { isOpen: true });
    const deep = setOpen(base, a, { isOpen: true, isDeep: true });
    const closed = setOpen({ document: sample, open: deep }, a, { isOpen: false, isDeep: true });

    expect(keysOfRows(visibleRows(sample, one))).toEqual(['', 'a', 'a[0]', 'a[1]', 'c']);
    expect(keysOfRows(visibleRows(sample, deep))).toContain('a[1].b');
    expect(closed).toEqual(base.open);
  });

  test('opens the ancestors of a value', () => {
    const index = valueAt(sample, ['a', 1, 'b']) ?? -1;

    const rows = visibleRows(sample, reveal(sample, openToDepth(sample, 0), index));

    expect(rowOf(rows, index)).toBe(4);
  });

  test('finds the row of each value that has one, and of no other', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, depth) => {
        const document = readJson(text);
        const rows = visibleRows(document, openToDepth(document, depth));
        const shown = Array.from({ length: document.size }, (_, index) => rowOf(rows, index));

        for (const [index, row] of shown.entries()) {
          expect(row >= 0).toBe(document.depthOf(index) <= depth);
          if (row >= 0) expect(rows[row]).toBe(index);
        }
      }),
    );
  });

  test('opens as deep as fits, and at least the root', () => {
    const wide = readJson(JSON.stringify({ list: Array.from({ length: 500 }, (_, at) => at) }));

    expect(fittingDepth(wide, 100)).toBe(1);
    expect(fittingDepth(sample, 100)).toBe(3);
    expect(fittingDepth(readJson('[1,2,3]'), 1)).toBe(1);
  });
});

describe('paths', () => {
  test('lead back to the value that they came from', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const document = readJson(JSON.stringify(value));
        for (let index = 0; index < document.size; index += 1) {
          expect(valueAt(document, pathOf(document, index))).toBe(index);
        }
      }),
    );
  });

  test('put keys in quotes that are no plain word', () => {
    expect(printPath(['metadata', 'my key', 0, 'größe', 'a"b', '1st'])).toBe(
      'metadata."my key"[0].größe."a\\"b"."1st"',
    );
  });

  test('lead nowhere where there is nothing', () => {
    expect(valueAt(sample, ['a', 7])).toBeNull();
    expect(valueAt(sample, ['a', 'b'])).toBeNull();
    expect(valueAt(sample, ['c', 0])).toBeNull();
  });
});

describe('search', () => {
  const hitsOf = (text: string, source: string) => {
    const document = readJson(source);
    const search = searchJson(document, text);
    while (!search.advance(1));
    return search.hits.map((hit) => [printPath(pathOf(document, hit.index)), hit.in]);
  };

  test('finds keys and values, without regard to case', () => {
    const source = '{"Order": {"id": 1234}, "text": "your ORDER of 12 shoes"}';

    expect(hitsOf('order', source)).toEqual([
      ['Order', 'key'],
      ['text', 'value'],
    ]);
    expect(hitsOf('12', source)).toEqual([
      ['Order.id', 'value'],
      ['text', 'value'],
    ]);
  });

  test('finds what is written with escapes, and takes the text for no pattern', () => {
    expect(hitsOf('a"b', String.raw`["a\"b"]`)).toEqual([['[0]', 'value']]);
    expect(hitsOf('é', String.raw`["\u00c9t\u00e9"]`)).toEqual([['[0]', 'value']]);
    expect(hitsOf('.*', '["abc", "a.*c"]')).toEqual([['[1]', 'value']]);
    expect(hitsOf('', '["abc"]')).toEqual([]);
  });
});

describe('JSON within a string', () => {
  test('is offered and unfolded in its place, with its numbers as they are', () => {
    const text = JSON.stringify({ before: 1, args: '{"id": 9007199254740993}', after: [2] });
    const document = readJson(text);
    const index = valueAt(document, ['args']) ?? -1;

    const unfolded = readJson(unfoldString(document, index) ?? '');

    expect(holdsJson(document, index)).toBe(true);
    expect(new JsonNode(unfolded).get('args')?.get('id')?.source).toBe('9007199254740993');
    expect(valueAt(unfolded, ['after', 0])).not.toBeNull();
  });

  test('is not offered for other strings, and refused when it only looks like JSON', () => {
    const document = readJson(JSON.stringify(['{not json}', 'plain', '', 3]));

    expect([1, 2, 3, 4].map((index) => holdsJson(document, index))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(unfoldString(document, 1)).toBeNull();
  });
});
