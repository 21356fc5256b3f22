import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCompletion } from './completion.ts';
import { parseQuery } from './parse-query.ts';
import {
  acceptKey,
  acceptSign,
  acceptValue,
  addCondition,
  applyEdit,
  conditionOf,
  removeItem,
  tidyQuery,
} from './query-edit.ts';

/** The text with the caret where the bar is. */
function complete(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, completion: findCompletion(text, caret) };
}

describe('what is completed at the caret', () => {
  test.each([
    ['|', 'key', ''],
    ['ref|', 'key', 'ref'],
    ['a:b |', 'key', ''],
    ['a:b -me|ta', 'key', 'me'],
    ['has:err|', 'key', 'err'],
    ['-has:err|', 'key', 'err'],
    ['metadata.ti|er:gold', 'key', 'metadata.ti'],
    ['metadata."my k|', 'key', 'metadata.my k'],
    ['source:|', 'value', ''],
    ['source:pr|od', 'value', 'pr'],
    ['source:"a b|', 'value', 'a b'],
    ['source:*pa|', 'value', 'pa'],
    ['source:(|', 'value', ''],
    ['source:(a OR b|)', 'value', 'b'],
    ['source:(a OR "b c|', 'value', 'b c'],
    ['duration:>2|', 'nothing', undefined],
    ['"some phrase|"', 'nothing', undefined],
  ])('%s is a %s with %j typed', (marked, kind, prefix) => {
    const { completion } = complete(marked);
    expect(completion.kind).toBe(kind);
    if ('prefix' in completion) expect(completion.prefix).toBe(prefix);
    else expect(prefix).toBeUndefined();
  });
});

describe('an accepted suggestion', () => {
  test.each([
    ['du|', 'duration', 'duration:|'],
    ['-du|', 'duration', '-duration:|'],
    ['has:err|', 'error', 'has:error|'],
    ['sou|:prod x', 'source', 'source|:prod x'],
    ['x |', 'metadata.my key', 'x metadata."my key":|'],
  ])('%s and the key %s', (marked, path, expected) => {
    const { text, completion } = complete(marked);
    if (completion.kind !== 'key') throw new Error(`a ${completion.kind}`);
    const edit = acceptKey(completion, path);
    const changed = applyEdit(text, edit);
    expect(`${changed.slice(0, edit.caret)}|${changed.slice(edit.caret)}`).toBe(expected);
  });

  test.each([
    ['source:pr|', 'production', 'source:production |'],
    ['source:|', 'two words', 'source:"two words" |'],
    ['source:|', '10115', 'source:"10115" |'],
    ['source:(a OR b|)', 'beta', 'source:(a OR beta|)'],
    ['-source:"a b|', 'a b c', '-source:"a b c" |'],
  ])('%s and the value %s', (marked, value, expected) => {
    const { text, completion } = complete(marked);
    if (completion.kind !== 'value') throw new Error(`a ${completion.kind}`);
    const edit = acceptValue(completion, value);
    const changed = applyEdit(text, edit);
    expect(`${changed.slice(0, edit.caret)}|${changed.slice(edit.caret)}`).toBe(expected);
  });

  test.each([
    ['duration:|', '>=', 'duration:>=|'],
    ['source:| x', '**', 'source:*|* x'],
    ['-source:|', '()', '-source:(|)'],
  ] as const)('%s and the sign %s', (marked, sign, expected) => {
    const { text, completion } = complete(marked);
    if (completion.kind !== 'value') throw new Error(`a ${completion.kind}`);
    const edit = acceptSign(completion, sign);
    const changed = applyEdit(text, edit);
    expect(`${changed.slice(0, edit.caret)}|${changed.slice(edit.caret)}`).toBe(expected);
  });

  test('leaves everything else as it was written, wherever the caret is', () => {
    const pieces = fc.constantFrom('a', ':', '"', '(', ')', ' ', 'OR', '-', 'has:', '.', '*', '>');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(20), (parts, place) => {
        const text = parts.join('');
        const caret = Math.min(place, text.length);
        const completion = findCompletion(text, caret);
        if (completion.kind === 'nothing') return;
        const { start, end } = completion.at;
        const edit =
          completion.kind === 'key' ? acceptKey(completion, 'x.y') : acceptValue(completion, 'z z');
        const changed = applyEdit(text, edit);
        expect(start).toBeLessThanOrEqual(caret);
        expect(end).toBeGreaterThanOrEqual(caret);
        expect(changed.startsWith(text.slice(0, start))).toBe(true);
        expect(changed.endsWith(text.slice(end))).toBe(true);
        expect(changed.slice(0, edit.caret).trimEnd()).toMatch(/(x\.y:?|"z z")$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('changes from outside the bar', () => {
  test('add what is clicked once, replacing its opposite', () => {
    const gold = conditionOf('metadata.tier', 'gold');
    const notGold = conditionOf('metadata.tier', 'gold', true);
    expect(addCondition('', gold)).toBe('metadata.tier:gold');
    expect(addCondition('refund  has:error', gold)).toBe('refund has:error metadata.tier:gold');
    expect(addCondition('metadata.tier:gold x', gold)).toBe('metadata.tier:gold x');
    expect(addCondition('metadata.tier:gold x', notGold)).toBe('x -metadata.tier:gold');
  });

  test('take one part away and keep the text of the others', () => {
    expect(removeItem('a   source:"x  y"  has:error', 0)).toBe('source:"x  y" has:error');
    expect(removeItem('a source:(x  OR y) b', 2)).toBe('a source:(x  OR y)');
  });

  test('quote what would be read as something else', () => {
    for (const value of ['10115', 'true', '>5', 'a b', 'OR', '', '*', 'f(x)', '1..2', '"']) {
      const text = addCondition('', conditionOf('metadata.x', value));
      const [item] = parseQuery(text);
      const word = { text: value, isQuoted: true };
      expect(item?.condition).toMatchObject({ values: [{ kind: 'is', word }] });
    }
    expect(addCondition('', conditionOf('metadata.x', 5))).toBe('metadata.x:5');
    expect(addCondition('', conditionOf('metadata.x', true))).toBe('metadata.x:true');
  });

  test('tidy nothing but blanks between the parts', () => {
    expect(tidyQuery('  a   source:"x  y" ')).toBe('a source:"x  y"');
  });
});
