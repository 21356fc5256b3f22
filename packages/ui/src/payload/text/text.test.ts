import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBase64Run, type Base64Run } from './base64-runs.ts';
import { chunkText, headOf } from './chunks.ts';
import { markInvisible, spell, spellInvisible } from '../../format/invisible.ts';
import { toSafeLink } from './safe-link.ts';
import { cutText } from './text-pieces.ts';

function findBase64Runs(text: string): Base64Run[] {
  const { run, end } = findBase64Run(text, 0, text.length);
  if (!run) return [];
  const rest = findBase64Runs(text.slice(end));
  return [run, ...rest.map((next) => ({ ...next, start: next.start + end, end: next.end + end }))];
}

describe('text in chunks', () => {
  test('gives the text back when it is joined, in pieces no longer than asked for', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '\n',
        ' ',
        '\r\n',
        '\ud800',
        '👩‍👩‍👧‍👦',
        '🇨🇭🇨🇭🇨🇭',
        'e\u0301'.repeat(9),
        'x'.repeat(70),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 16, max: 200 }), (pieces, size) => {
        const text = pieces.join('');
        const chunks = chunkText(text, size);

        expect(chunks.join('')).toBe(text);
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(size);
      }),
    );
  });

  test('ends a piece with a line, else with a word', () => {
    const lines = `${'a'.repeat(7000)}\n${'b'.repeat(700)} ${'c'.repeat(7000)}`;

    expect(chunkText(lines).map((chunk) => chunk.length)).toEqual([7702, 7000]);
    expect(chunkText(`${'a'.repeat(8000)}\nb ${'c'.repeat(900)}`)[0]).toHaveLength(8001);
  });

  test('never cuts a surrogate pair, a family or an accented letter', () => {
    const characters = ['😀', '👩‍👩‍👧‍👦', 'e\u0301', '🇨🇭'];
    for (const character of characters) {
      for (const chunk of chunkText(character.repeat(3000), 1000)) {
        expect(chunk.length % character.length).toBe(0);
      }
    }
    expect(headOf('ab😀', 3)).toBe('ab');
  });

  test('cuts a character of a million accents somewhere, between its parts', () => {
    const chunks = chunkText(`a${'\u0301'.repeat(1_000_000)}`);

    expect(chunks.length).toBeLessThan(130);
  });

  test('cuts a line of 5 MB', () => {
    expect(chunkText('x'.repeat(5_000_000))).toHaveLength(611);
  });
});

describe('base64 in text', () => {
  const png = `iVBORw0KGgo${'aB3/'.repeat(1000)}`;

  test('is found with its place, type and size', () => {
    const text = `see data:image/jpeg;base64,${png}== and ${png}.`;

    const [address, bare, ...more] = findBase64Runs(text);

    expect(text.slice(address?.start, address?.end)).toBe(`data:image/jpeg;base64,${png}==`);
    expect(address?.mediaType).toBe('image/jpeg');
    expect(text.slice(bare?.start, bare?.end)).toBe(png);
    expect(bare).toMatchObject({ mediaType: 'image/png', bytes: 3008 });
    expect(more).toEqual([]);
  });

  test('counts the bytes that it stands for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1600, maxLength: 1700 }), (head) => {
        const bytes = Buffer.concat([Buffer.from('aZ0 mixed so that it is no word'), head]);
        const [run] = findBase64Runs(`x ${bytes.toString('base64')} y`);
        if (run) expect(run.bytes).toBe(bytes.length);
      }),
    );
  });

  test('is not seen in short runs, words, lines and rules', () => {
    const texts = ['aB3/'.repeat(500), 'x'.repeat(9000), '-'.repeat(9000), 'aB3 '.repeat(9000)];

    expect(texts.map(findBase64Runs)).toEqual([[], [], [], []]);
  });
});

describe('a text in pieces', () => {
  test('gives the text back when it is joined, data and all', () => {
    const piece = fc.constantFrom(
      ...[
        'word ',
        '\n',
        'e\u0301',
        '😀',
        'x'.repeat(9000),
        'aB3/'.repeat(600),
        '=',
        'data:a/b;base64,',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');

        const cut = [...cutText(text)].map((part) =>
          part.kind === 'text' ? part.text : part.data,
        );

        // Not compared by `toBe`, which would print both.
        expect(cut.join('') === text).toBe(true);
      }),
    );
  });

  test('finds data that stand across the stretches it looks at', () => {
    const data = 'aB3/'.repeat(1000);
    const text = `${'w '.repeat(130_000)}${data} ${'w '.repeat(200_000)}${data}`;

    const kinds = [...cutText(text)].filter((part) => part.kind === 'base64');

    expect(kinds.map((part) => part.data)).toEqual([data, data]);
  });
});

describe('what cannot be seen in text', () => {
  test('is marked with its code and name, and counted', () => {
    expect(markInvisible('a\u202eb\u0000\u0000\u0000c')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'mark', code: 'U+202E', name: 'right-to-left override', count: 1 },
      { kind: 'text', text: 'b' },
      { kind: 'mark', code: 'U+0000', name: 'NUL', count: 3 },
      { kind: 'text', text: 'c' },
    ]);
  });

  test.each([
    ['half of a pair', 'a\ud83d', '[U+D83D]'],
    ['a hidden tag', 'a\u{e0041}', '[U+E0041]'],
    ['a byte order mark', '\ufeffa', '[U+FEFF]'],
    ['an escape of a terminal', '\u001b[31m', '[U+001B]'],
    ['a zero-width space', 'a\u200bb', '[U+200B]'],
    ['an isolate', '\u2066a\u2069', '[U+2069]'],
  ])('is spelled out: %s', (_, text, spelled) => {
    expect(spellInvisible(text)).toContain(spelled);
  });

  test.each([
    'tabs\tand\r\nlines\n',
    'family 👩‍👩‍👧‍👦, flag of England 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'خانه\u200cها',
    'naïve, größe, 日本語, 😀',
  ])('is not seen in ordinary writing: %s', (text) => {
    expect(markInvisible(text)).toEqual([{ kind: 'text', text }]);
  });

  test('loses no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const joined = markInvisible(text)
          .map((piece) => {
            if (piece.kind === 'text') return piece.text;
            const codePoint = Number.parseInt(piece.code.slice(2), 16);
            return String.fromCodePoint(codePoint).repeat(piece.count);
          })
          .join('');

        expect(joined).toBe(text);
      }),
    );
  });

  test('is spelled once for a million of the same', () => {
    expect(spellInvisible('\u0000'.repeat(1_000_000))).toBe('[U+0000 ×1000000]');
    expect(spell({ code: 'U+0007', count: 1 })).toBe('[U+0007]');
  });
});

describe('addresses in stored content', () => {
  test.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['HTTP://example.com', 'http://example.com/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('may be followed: %s', (address, link) => {
    expect(toSafeLink(address)).toBe(link);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    '//example.com',
    '/settings/keys',
    'relative',
    '#x',
    'https://',
    '',
  ])('may not: %j', (address) => {
    expect(toSafeLink(address)).toBeNull();
  });
});
