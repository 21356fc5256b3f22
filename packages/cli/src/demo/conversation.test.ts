import { expect, test } from 'vitest';
import { conversation, ratedStep } from './conversation.ts';

test('every step comes after the one that it is part of, and lies within it', () => {
  const seen = new Map<string, { startMs: number; endMs: number }>();
  for (const { key, parent, startMs, duration } of conversation) {
    const span = { startMs, endMs: startMs + duration };
    const around = parent === null ? null : seen.get(parent);

    expect(around, `${key} in ${parent}`).not.toBeUndefined();
    if (around) {
      expect(span.startMs).toBeGreaterThanOrEqual(around.startMs);
      expect(span.endMs).toBeLessThanOrEqual(around.endMs);
    }
    seen.set(key, span);
  }
  expect(seen.size).toBe(conversation.length);
  expect(seen.has(ratedStep)).toBe(true);
});

test('it shows every kind of event, and one that failed', () => {
  expect(new Set(conversation.map((step) => step.event_type))).toEqual(
    new Set(['chain', 'model', 'tool']),
  );
  expect(conversation.filter((step) => step.error !== undefined)).toHaveLength(1);
});
