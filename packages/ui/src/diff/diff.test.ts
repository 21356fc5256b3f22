import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMessages } from 'honeyhive-facts/messages';
import { JsonNode } from '../payload/json/json-node.ts';
import { printPath } from '../payload/json/json-path.ts';
import { readJson } from '../payload/json/json-reader.ts';
import { align } from './align.ts';
import { diffJson } from './json-diff.ts';
import { printNumber } from './json-print-of.ts';
import { diffMessages } from './message-diff.ts';
import { diffText, foldSame, type DiffRow } from './text-diff.ts';

const sideOf = (rows: readonly DiffRow[], side: 'before' | 'after') =>
  rows
    .filter((row) => row[side] !== null)
    .map(({ pieces }) => pieces.map(({ text }) => text).join(''));

const shortly = (rows: readonly DiffRow[]) =>
  rows.map(({ kind, pieces }) => {
    const sign = { same: ' ', removed: '-', added: '+' }[kind];
    return sign + pieces.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');
  });

describe('two texts', () => {
  test('are compared by line, and within lines by word', () => {
    const before = 'You are kind.\nAnswer in one short sentence.\nBye.';
    const after = 'You are kind.\nAnswer in two short sentences.\nBye.\nAgain.';

    expect(shortly(diffText(before, after).rows)).toEqual([
      ' You are kind.',
      '-Answer in [one] short [sentence].',
      '+Answer in [two] short [sentences].',
      ' Bye.',
      '+Again.',
    ]);
  });

  test('that share no words are not compared by word', () => {
    expect(shortly(diffText('alpha beta', 'gamma delta').rows)).toEqual([
      '-alpha beta',
      '+gamma delta',
    ]);
  });

  test('can be reconstructed from what is shown, line by line', () => {
    const text = fc
      .array(fc.constantFrom('', 'a', 'b c', 'b d', ' '), { maxLength: 12 })
      .map((lines) => lines.map((line) => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { rows } = diffText(before, after);

        expect(
          sideOf(rows, 'before')
            .map((line) => `${line}\n`)
            .join(''),
        ).toBe(before);
        expect(
          sideOf(rows, 'after')
            .map((line) => `${line}\n`)
            .join(''),
        ).toBe(after);
        const numbers = rows.flatMap((row) => row.after ?? []);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }),
    );
  });

  test('that have nothing in common are laid one behind the other, soon', () => {
    const lines = (letter: string) =>
      Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`).join('\n');

    const diff = diffText(lines('a'), lines('b'));

    expect(diff.isExact).toBe(false);
    expect(diff.rows).toHaveLength(40_000);
  });

  test('are folded where they are the same, with three lines around each change', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const { rows } = diffText(lines.join('\n'), lines.with(15, 'changed').join('\n'));

    const folded = foldSame(rows);

    expect(folded.map((entry) => (entry.kind === 'fold' ? entry.rows.length : 'row'))).toEqual([
      12,
      ...Array<string>(8).fill('row'),
      11,
    ]);
    expect(foldSame(rows, 14).every(({ kind }) => kind === 'row')).toBe(true);
  });
});

describe('two JSON values', () => {
  const changesOf = (before: unknown, after: unknown) => {
    const documents = [readJson(JSON.stringify(before)), readJson(JSON.stringify(after))] as const;
    return diffJson(...documents).map(({ kind, path }) => `${kind} ${printPath(path)}`);
  };

  test('differ by path, whatever the order of their keys', () => {
    expect(
      changesOf(
        { a: 1, b: { c: 'x', d: [1, 2] }, gone: true },
        { b: { d: [1, 2], c: 'y' }, a: 1, come: null },
      ),
    ).toEqual(['changed b.c', 'added come', 'removed gone']);
  });

  test('of which one has an item more in front differ in that item', () => {
    expect(changesOf([{ a: 1 }, { b: 2 }], [{ n: 0 }, { a: 1 }, { b: 3 }])).toEqual([
      'added [0]',
      'changed [2].b',
    ]);
  });

  test('of two kinds differ as a whole', () => {
    expect(changesOf({ a: [1] }, { a: { b: 1 } })).toEqual(['changed a']);
    expect(changesOf(1, '1')).toEqual(['changed ']);
  });

  test('do not differ from themselves', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(changesOf(value, value)).toEqual([]);
      }),
    );
  });

  test('differ if and only if one is not the other', () => {
    const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') });
    fc.assert(
      fc.property(small, small, (before, after) => {
        const isSame = isEqual(before, after);

        expect(changesOf(before, after).length === 0).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });

  test('are compared digit by digit, and not by how numbers are written', () => {
    const diff = (before: string, after: string) => diffJson(readJson(before), readJson(after));

    expect(diff('9007199254740993', '9007199254740992')).toHaveLength(1);
    expect(diff('[1.50e1, 1E400, "\\u0041"]', '[15, 10e399, "A"]')).toEqual([]);
    expect(['0', '-0.00', '100', '0.010', '1e-2'].map(printNumber)).toEqual([
      '0',
      '0',
      '1e2',
      '1e-2',
      '1e-2',
    ]);
  });

  test('may be 50,000 levels deep', () => {
    const deep = (value: number) => '['.repeat(50_000) + value.toString() + ']'.repeat(50_000);

    const [change, ...more] = diffJson(readJson(deep(1)), readJson(deep(2)));

    expect(change?.path).toHaveLength(50_000);
    expect(more).toEqual([]);
  });
});

describe('two conversations', () => {
  const messagesOf = (...said: [role: string, content: string][]) =>
    readMessages(
      new JsonNode(readJson(JSON.stringify(said.map(([role, content]) => ({ role, content }))))),
    )?.messages ?? [];
  const kinds = (before: Parameters<typeof messagesOf>, after: Parameters<typeof messagesOf>) =>
    diffMessages(messagesOf(...before), messagesOf(...after)).map(
      ({ kind, before: one, after: other }) => `${kind} ${(other ?? one)?.role}`,
    );

  test('are aligned by what is equal, and by role between that', () => {
    expect(
      kinds(
        [
          ['system', 'Be brief.'],
          ['user', 'Hi'],
          ['assistant', 'Hello.'],
        ],
        [
          ['system', 'Be very brief.'],
          ['user', 'Hi'],
          ['assistant', 'Hello!'],
          ['user', 'Bye'],
        ],
      ),
    ).toEqual(['changed system', 'same user', 'changed assistant', 'added user']);
  });

  test('of which one has a message less', () => {
    expect(
      kinds(
        [
          ['user', 'a'],
          ['assistant', 'b'],
          ['user', 'c'],
        ],
        [
          ['user', 'a'],
          ['user', 'c'],
        ],
      ),
    ).toEqual(['same user', 'removed assistant', 'same user']);
  });
});

test('an alignment has every item of both lists once, in order', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const pairs = align({ before, after, canPair: (i, j) => (i + j) % 2 === 0 });

      expect(pairs.flatMap(({ before: i }) => i ?? [])).toEqual([...before.keys()]);
      expect(pairs.flatMap(({ after: j }) => j ?? [])).toEqual([...after.keys()]);
    }),
  );
});

function isEqual(before: unknown, after: unknown): boolean {
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) {
    return before === after;
  }
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const [one, other] = [Object.entries(before), new Map(Object.entries(after))];
  return (
    one.length === other.size &&
    one.every(([key, value]) => other.has(key) && isEqual(value, other.get(key)))
  );
}
