import { describe, expect, test } from 'vitest';
import type { SessionNode } from '../session-node.ts';
import { formatSessionTree } from './session-tree.ts';

const node = (fields: Partial<SessionNode>): SessionNode => ({
  name: 'step',
  type: 'chain',
  durationMs: 10,
  error: null,
  totalTokens: null,
  costUsd: null,
  children: [],
  ...fields,
});

describe('formatSessionTree', () => {
  test('branches, aligned figures, the error of what failed, and the sums', () => {
    const root = node({
      name: 'support',
      type: 'session',
      durationMs: 61_000,
      totalTokens: 1_234,
      costUsd: 0.0123,
      children: [
        node({
          name: 'turn 1',
          children: [
            node({ name: 'answer', type: 'model', totalTokens: 1_234, costUsd: 0.0123 }),
            node({ name: 'look up', type: 'tool', error: 'Timeout: 3000 ms' }),
          ],
        }),
        node({ name: 'turn 2', children: [node({ name: 'answer', type: 'model' })] }),
      ],
    });

    expect(formatSessionTree(root, 100).split('\n')).toEqual([
      'support        session  1 min 01 s  1,234 tok  $0.01',
      '├─ turn 1      chain         10 ms',
      '│  ├─ answer   model         10 ms  1,234 tok  $0.01',
      '│  └─ look up  tool          10 ms  ✗ Timeout: 3000 ms',
      '└─ turn 2      chain         10 ms',
      '   └─ answer   model         10 ms',
      '',
      '5 events · 2 model calls · 1,234 tokens · $0.01 · 1 error',
      '',
    ]);
  });

  test('a session without events is one line', () => {
    expect(formatSessionTree(node({ name: 'empty', type: 'session' }), 80)).toBe(
      'empty  session  10 ms\n\n0 events · 0 model calls · 0 tokens · $0.00 · 0 errors\n',
    );
  });

  test('an error is cut to the width of the terminal and cannot steer it', () => {
    const failed = node({ error: `bad\n\u001B[2J${'x'.repeat(200)}` });

    const [line = ''] = formatSessionTree(failed, 60).split('\n');

    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toContain('✗ bad [2Jxxx');
  });

  test('depth has no limit', () => {
    let deep = node({});
    for (let level = 0; level < 20_000; level++) deep = node({ children: [deep] });

    expect(formatSessionTree(deep, 80)).toContain('20,000 events');
  });
});
