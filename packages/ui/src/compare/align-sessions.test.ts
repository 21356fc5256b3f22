import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSkeleton, type Sketch } from '../session/testing/sketch.ts';
import { alignSessions, firstDivergence } from './align-sessions.ts';

const step = (id: string, parent: string, name = id): Sketch => ({ id, parent, name });

/** The rows as text: the ids of both sides, indented. */
function draw(before: readonly Sketch[], after: readonly Sketch[]): string[] {
  const [a, b] = [toSkeleton(before), toSkeleton(after)];
  return alignSessions(a, b).map(
    (row) => `${'  '.repeat(row.depth)}${a.ids[row.before] ?? '-'} ${b.ids[row.after] ?? '-'}`,
  );
}

describe('alignSessions', () => {
  it('lays steps of the same name beside each other and shows what only one has', () => {
    const before = [{ id: 'A' }, step('plan', 'A'), step('search', 'A'), step('answer', 'A')];
    const after = [
      { id: 'B' },
      step('plan2', 'B', 'plan'),
      step('fetch', 'B'),
      step('search2', 'B', 'search'),
      step('rerank', 'search2'),
      step('answer2', 'B', 'answer'),
    ];

    expect(draw(before, after)).toEqual([
      'A B',
      '  plan plan2',
      '  - fetch',
      '  search search2',
      '    - rerank',
      '  answer answer2',
    ]);
  });

  it('does not take a tool for a model of the same name', () => {
    const before = [{ id: 'A' }, { ...step('x', 'A', 'ask'), type: 'tool' }];
    const after = [{ id: 'B' }, { ...step('y', 'B', 'ask'), type: 'model' }];

    expect(draw(before, after)).toEqual(['A B', '  x -', '  - y']);
  });

  it('keeps what lost its parent', () => {
    expect(draw([{ id: 'A' }, step('lost', 'nobody')], [{ id: 'B' }])).toEqual(['A B', 'lost -']);
  });

  it('shows a session without a counterpart', () => {
    expect(draw([], [{ id: 'B' }])).toEqual(['- B']);
  });

  it('has every event of both sessions in exactly one row', () => {
    const names = fc.array(fc.constantFrom('plan', 'search', 'answer'), { maxLength: 30 });
    const toSession = (steps: readonly string[]) =>
      toSkeleton([
        { id: 'root' },
        ...steps.map((name, index) =>
          step(`e${index}`, index % 4 ? `e${index - 1}` : 'root', name),
        ),
      ]);
    fc.assert(
      fc.property(names, names, (first, second) => {
        const [a, b] = [toSession(first), toSession(second)];

        const rows = alignSessions(a, b);

        const sorted = (events: number[]) =>
          events.filter((event) => event >= 0).toSorted((x, y) => x - y);
        expect(sorted(rows.map((row) => row.before))).toEqual([...a.ids.keys()]);
        expect(sorted(rows.map((row) => row.after))).toEqual([...b.ids.keys()]);
      }),
    );
  });

  it('finds the first difference', () => {
    const a = toSkeleton([{ id: 'A' }, step('plan', 'A'), step('search', 'A')]);
    const b = toSkeleton([{ id: 'B' }, step('plan', 'B'), step('fetch', 'B')]);

    expect(firstDivergence(alignSessions(a, b))).toBe(2);
    expect(firstDivergence(alignSessions(a, a))).toBe(-1);
  });
});
