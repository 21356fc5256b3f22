import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOf, visibleRows } from '../json/json-outline.ts';
import { pathOf, printPath, valueAt } from '../json/json-path.ts';
import { readJson } from '../json/json-reader.ts';
import { toRowValue } from './json-row.ts';
import { windowOf } from './row-window.ts';
import { decideTreeStep } from './tree-keys.ts';
import { changeTree, startTree, type TreeState } from './tree-state.ts';

const sample = readJson(
  '{"query": "shoes", "filters": {"size": {"from": 41}, "colour": null}, "raw": "{\\"id\\": 1.0}", "tail": [1, 2]}',
);
const start = () => startTree(sample, 4);
const pathsOf = ({ document, rows }: TreeState) =>
  [...rows].map((index) => printPath(pathOf(document, index)));
const activePath = ({ document, active }: TreeState) => printPath(pathOf(document, active));

/** Presses keys; `+` before one is shift. */
function press(state: TreeState, ...keys: string[]): TreeState {
  return keys.reduce((now, key) => {
    const step = decideTreeStep(
      { ...now, row: rowOf(now.rows, now.active), pageRows: 10 },
      { key: key.replace('+', ''), shiftKey: key.startsWith('+') },
    );
    return step ? changeTree(now, { kind: 'step', step }) : now;
  }, state);
}

describe('a tree', () => {
  test('begins with what the root holds; the root itself has no row', () => {
    expect(pathsOf(start())).toEqual(['query', 'filters', 'raw', 'tail']);
    expect(activePath(start())).toBe('query');
    expect(pathsOf(startTree(readJson('{}'), 9))).toEqual(['']);
  });

  test.each([
    [['ArrowDown'], 'filters', 4],
    [['j', 'j', 'k'], 'filters', 4],
    [['ArrowUp'], 'query', 4],
    [['End'], 'tail', 4],
    [['PageDown', 'Home'], 'query', 4],
    [['ArrowRight'], 'query', 4],
    [['j', 'ArrowRight'], 'filters', 6],
    [['j', 'ArrowRight', 'ArrowRight'], 'filters.size', 6],
    [['j', '+ArrowRight'], 'filters', 7],
    [['j', '+ArrowRight', '+ArrowLeft'], 'filters', 4],
    [['j', 'ArrowRight', 'j', 'ArrowLeft'], 'filters', 6],
    [['j', ' '], 'filters', 6],
    [['j', ' ', ' '], 'filters', 4],
    [['ArrowLeft'], 'query', 4],
    [['x'], 'query', 4],
  ])('%j leads to %s, with %d rows', (keys, path, rows) => {
    const state = press(start(), ...keys);

    expect(activePath(state)).toBe(path);
    expect(state.rows).toHaveLength(rows);
  });

  test('takes the focus out of what is closed', () => {
    const inside = press(start(), 'j', '+ArrowRight', 'j', 'j');
    expect(activePath(inside)).toBe('filters.size.from');

    expect(activePath(changeTree(inside, { kind: 'closeAll' }))).toBe('filters');
  });

  test('opens all, and shows what is looked for', () => {
    const from = valueAt(sample, ['filters', 'size', 'from']) ?? -1;

    expect(changeTree(start(), { kind: 'openAll' }).rows).toHaveLength(sample.size - 1);
    const revealed = changeTree(start(), { kind: 'reveal', index: from });
    expect(activePath(revealed)).toBe('filters.size.from');
    expect(pathsOf(revealed)).toContain('filters.size.from');
  });

  test('reads a string as JSON in its place, and takes that back; what was open stays open', () => {
    const opened = press(start(), 'End', 'ArrowRight');
    const raw = valueAt(sample, ['raw']) ?? -1;

    const parsed = changeTree(opened, { kind: 'parse', index: raw });

    expect(pathsOf(parsed)).toEqual([
      'query',
      'filters',
      'raw',
      'raw.id',
      'tail',
      'tail[0]',
      'tail[1]',
    ]);
    expect(parsed.parsedCount).toBe(1);
    expect(parsed.document.rawOf(raw + 1)).toBe('1.0');
    expect(pathsOf(changeTree(parsed, { kind: 'unparse' }))).not.toContain('raw.id');
    const query = valueAt(sample, ['query']) ?? -1;
    expect(changeTree(opened, { kind: 'parse', index: query })).toBe(opened);
  });

  test('has a row for the focus and no row twice, whatever is pressed', () => {
    const key = fc.constantFrom(
      ...['j', 'k', 'ArrowRight', 'ArrowLeft', '+ArrowRight', '+ArrowLeft', ' ', 'Home', 'End'],
    );
    fc.assert(
      fc.property(fc.json(), fc.array(key, { maxLength: 30 }), (text, keys) => {
        const state = press(startTree(readJson(text), 5), ...keys);

        expect(rowOf(state.rows, state.active)).toBeGreaterThanOrEqual(0);
        expect(new Set(state.rows).size).toBe(state.rows.length);
        const all = visibleRows(state.document, state.open);
        expect([...state.rows]).toEqual([...(all.length > 1 ? all.subarray(1) : all)]);
      }),
    );
  });
});

describe('a row', () => {
  const valueOf = (value: unknown, isOpen = false) =>
    toRowValue(readJson(JSON.stringify(value)), 0, isOpen);

  test.each([
    [{ a: 1, b: 2 }, '{a, b}'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, '{a, b, c, d, +2}'],
    [{}, '{}'],
    [[], '[]'],
    [[1, 2, 3], '[3]'],
    [null, 'null'],
    ['text', 'text'],
  ])('says of %j: %s', (value, text) => {
    expect(valueOf(value)).toMatchObject({ text, isCut: false });
  });

  test('cuts a long string, and never within a character', () => {
    expect(valueOf('x'.repeat(400))).toMatchObject({ text: 'x'.repeat(400), isCut: false });
    expect(valueOf(`${'x'.repeat(399)}😀`)).toMatchObject({ text: 'x'.repeat(399), isCut: true });
    expect(valueOf('"'.repeat(5000))).toMatchObject({ text: '"'.repeat(400), isCut: true });
  });

  test('says what data are instead of showing them', () => {
    const data = `iVBORw0KGgo${'aB3/'.repeat(1000)}`;

    expect(valueOf(`data:image/png;base64,${data}`)).toMatchObject({
      look: 'data',
      text: 'image/png, 3 KB',
    });
    expect(valueOf(`words before ${'and '.repeat(900)}${data}`).look).toBe('string');
  });
});

test('the rows to draw are those that are seen, and some around them', () => {
  const list = { rowCount: 1000, rowHeight: 24, viewHeight: 480 };

  expect(windowOf({ ...list, listTop: 0 })).toEqual({ first: 0, end: 32 });
  expect(windowOf({ ...list, listTop: -2400 })).toEqual({ first: 88, end: 132 });
  expect(windowOf({ ...list, listTop: 5000 })).toEqual({ first: 0, end: 0 });
  expect(windowOf({ ...list, listTop: -99_999 })).toEqual({ first: 1000, end: 1000 });
});
