import { describe, expect, test } from 'vitest';
import { snippetChars, toSnippet } from './snippet.ts';
import type { SnippetSource } from './snippet.ts';

/** As the store reads it: a part of the text around a match. */
function around(text: string, found: string, isJson = true): SnippetSource {
  const chars = Array.from(text);
  const at = Array.from(text.slice(0, text.indexOf(found))).length;
  const from = Math.max(0, at - snippetChars.before);
  return {
    part: chars.slice(from, at + snippetChars.rest).join(''),
    isStart: from === 0,
    place: at - from,
    length: Array.from(found).length,
    isJson,
  };
}

describe('a snippet', () => {
  test('has what stands around a match', () => {
    expect(toSnippet(around('{"text":"I want a Refund now"}', 'Refund'))).toEqual({
      before: '{"text":"I want a ',
      text: 'Refund',
      after: ' now"}',
    });
  });

  test('shows where it was cut', () => {
    const text = `${'a'.repeat(300)} refund ${'b'.repeat(300)}`;

    const { before, after } = toSnippet(around(text, 'refund'));

    expect(before).toBe(`…${'a'.repeat(snippetChars.before - 2)} `);
    expect(after).toMatch(/^ b+…$/);
    expect(Array.from(before + after).length).toBeLessThan(260);
  });

  test('counts characters, not halves of them', () => {
    const text = `${'🙂'.repeat(80)}退款${'👍'.repeat(300)}`;

    const { before, text: found, after } = toSnippet(around(text, '退款'));

    expect(found).toBe('退款');
    expect(before).toBe(`…${'🙂'.repeat(snippetChars.before - 1)}`);
    expect(after).toBe(`${'👍'.repeat(snippetChars.rest - 2)}…`);
  });

  test('reads the escapes of JSON, and puts all on one line', () => {
    const text = JSON.stringify({ text: 'say "no"\n\n\tto C:\\temp\u0001 refund\u0000\nplease' });

    expect(toSnippet(around(text, 'refund'))).toEqual({
      before: '{"text":"say "no" to C:\\temp ',
      text: 'refund',
      after: ' please"}',
    });
  });

  test('leaves other texts as they are', () => {
    const text = 'not an escape: \\n refund';

    expect(toSnippet(around(text, 'refund', false)).before).toBe('not an escape: \\n ');
  });

  test('has no half of an escape at its ends', () => {
    for (let shift = 0; shift < 12; shift += 1) {
      const filler = JSON.stringify(`"\n`.repeat(400)).slice(1, -1);
      const text = `${'x'.repeat(shift)}${filler}refund${'y'.repeat(shift)}${filler}`;

      const { before, after } = toSnippet(around(text, 'refund'));

      expect(before).toMatch(/^…[ "]*$/);
      expect(after).toMatch(/^y*[ "]*…$/);
    }
  });

  test('ends a match that is longer than a snippet', () => {
    const { text, after } = toSnippet(around(`a${'z'.repeat(900)}`, 'z'.repeat(900)));

    expect(text).toBe('z'.repeat(snippetChars.rest));
    expect(after).toBe('…');
  });
});
