import { expect, test } from 'vitest';
import { toSkeleton } from './skeleton.ts';
import type { SkeletonEvent } from './skeleton.ts';

const build = (event: Partial<SkeletonEvent>): SkeletonEvent => ({
  eventId: 'e',
  parentId: 's',
  eventType: 'tool',
  eventName: 'find',
  model: '',
  startTime: 1_000,
  durationMs: 0,
  hasEnded: false,
  hasError: false,
  totalTokens: 0,
  costUsd: 0,
  hasFeedback: false,
  version: 1,
  isDeleted: false,
  updatedAt: 0,
  ...event,
});

test('writes events as columns with distinct names, types and models', () => {
  const columns = toSkeleton(
    [
      build({
        eventId: 's',
        parentId: null,
        eventType: 'session',
        eventName: 'chat',
        durationMs: 8e3,
        hasEnded: true,
      }),
      build({
        eventId: 'a',
        eventType: 'model',
        model: 'gpt-5',
        startTime: 1_000.12345,
        totalTokens: 3,
        costUsd: 0.5,
      }),
      build({ eventId: 'b', parentId: 'a', hasEnded: true, hasError: true, hasFeedback: true }),
      build({ eventId: 'c', parentId: 'gone' }),
    ],
    { origin: 1_000, isWhole: true },
  );

  expect(columns).toEqual({
    origin: 1_000,
    names: ['chat', 'find'],
    types: ['session', 'model', 'tool'],
    models: ['gpt-5'],
    outside: [],
    ids: ['s', 'a', 'b', 'c'],
    parent: [-1, 0, 1, -2],
    type: [0, 1, 2, 2],
    name: [0, 1, 1, 1],
    model: [-1, 0, -1, -1],
    start: [0, 0.123, 0, 0],
    duration: [8_000, -1, 0, -1],
    error: [0, 0, 1, 0],
    tokens: [-1, 3, -1, -1],
    cost: [-1, 0.5, -1, -1],
    feedback: [0, 0, 1, 0],
  });
});

test('names parents that are elsewhere when the events are not all', () => {
  const events = ['a', 'b', 'c'].map((eventId) =>
    build({ eventId, parentId: eventId === 'c' ? 'a' : 's' }),
  );

  const { parent, outside } = toSkeleton(events, { origin: 0, isWhole: false });

  expect([parent, outside]).toEqual([[3, 3, 0], ['s']]);
});

test('breaks cycles of parents, and keeps their descendants', () => {
  const links = { a: 'a', b: 'c', c: 'd', d: 'b', e: 'd', f: 'e' };
  const events = Object.entries(links).map(([eventId, parentId]) => build({ eventId, parentId }));

  const { parent } = toSkeleton(events, { origin: 0, isWhole: true });

  expect(parent).toEqual([-2, -2, 3, 1, 3, 4]);
});
