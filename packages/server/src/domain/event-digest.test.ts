import { expect, test } from 'vitest';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { emptyDigest, parseDigest, readDigest } from './event-digest.ts';

const nothing = {
  config: {},
  inputs: {},
  outputs: {},
  metadata: {},
  feedback: {},
  user_properties: {},
};

test('of nothing it is empty', () => {
  expect(readDigest(nothing)).toEqual(emptyDigest);
});

test.each([
  [{ config: { model: 'gpt-5' }, metadata: { model: 'other' } }, 'gpt-5'],
  [{ metadata: { model: 'claude' } }, 'claude'],
  [{ outputs: { model: 'gemini' } }, 'gemini'],
  [{ config: { model: { name: 'x' } } }, ''],
  [{ config: { model: 'm'.repeat(500) } }, 'm'.repeat(200)],
])('finds the model in %j', (buckets, model) => {
  expect(readDigest({ ...nothing, ...buckets }).model).toBe(model);
});

test.each([
  [{ user_properties: { user_id: 'u1', email: 'a@b.c' } }, 'u1'],
  [{ user_properties: { user_id: 17 } }, '17'],
  [{ user_properties: { email: 'a@b.c' } }, 'a@b.c'],
  [{ metadata: { user_id: 'u2' } }, 'u2'],
  [{ user_properties: { user_id: ['u'] } }, ''],
])('finds the user in %j', (buckets, user) => {
  expect(readDigest({ ...nothing, ...buckets }).user).toBe(user);
});

test.each([
  [{}, ''],
  [{ comment: null }, ''],
  [{ rating: true }, 'up'],
  [{ rating: 'thumbs_down', comment: 'wrong' }, 'down'],
  [{ rating: 4 }, 'score'],
  [{ comment: 'fine', rating: 4 }, 'score'],
  [{ comment: 'constructor' }, 'note'],
  [{ ground_truth: 'Oslo' }, 'note'],
])('the kind of the feedback %j is %j', (feedback, kind) => {
  expect(readDigest({ ...nothing, feedback }).feedbackKind).toBe(kind);
});

test('is the same from the text of the buckets', () => {
  const buckets = { ...nothing, inputs: { q: 'shoes' }, outputs: { found: 3 } };
  const texts = Object.fromEntries(
    Object.entries({ ...buckets, metrics: {} }).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ]),
  );

  expect(parseDigest(buildStoredEvent(texts))).toEqual(readDigest(buckets));
});
