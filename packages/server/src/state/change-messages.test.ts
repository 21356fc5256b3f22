import { expect, test } from 'vitest';
import { fromMessage, toMessages } from './change-messages.ts';

const changeOf = (eventId: string) => ({
  projectId: 'p',
  sessionId: 's',
  eventId,
  startTime: 1,
  updatedAt: 2,
  isDeleted: eventId.length % 2 === 0,
});

test('changes fill texts of a size, in their order, whatever their ids are', () => {
  const changes = ['a', 'bb', '\0', '\ud800', '你好'.repeat(9), 'x'.repeat(50)].map(changeOf);

  const messages = toMessages(changes, 100);

  expect(messages.length).toBeGreaterThan(2);
  expect(messages.every((text) => text !== null && Buffer.byteLength(text) <= 100)).toBe(true);
  expect(messages.flatMap((text) => fromMessage(text ?? ''))).toEqual(changes);
});

test('a change that is too large for a text leaves a gap', () => {
  const messages = toMessages([changeOf('a'), changeOf('x'.repeat(200)), changeOf('b')], 100);

  expect(messages.filter((text) => text === null)).toHaveLength(1);
  expect(messages.flatMap((text) => (text === null ? [] : fromMessage(text)))).toEqual([
    changeOf('a'),
    changeOf('b'),
  ]);
});
