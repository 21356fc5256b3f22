import { expect, test } from 'vitest';
import type { StoredEvent } from '../domain/stored-event.ts';
import { buildStoredEvent, buildStoredSession } from '../store/testing/build-event.ts';
import { createMemoryEvents } from '../store/testing/memory-events.ts';
import { settleLargeUse } from './settle-large-use.ts';
import { settleUse } from './settle-use.ts';
import { createUseTrees, maxTreeEvents } from './use-trees.ts';

const projectId = 'p';
const sessionId = 's';
const minuteMs = 60_000;

function setUp() {
  const events = createMemoryEvents({ eventsOfMove: 500 });
  const sources = { events, useTrees: createUseTrees(2 * maxTreeEvents) };
  /** What a commit of these rows stores. */
  async function commit(rows: readonly StoredEvent[], nowMs: number): Promise<void> {
    const heads = events.model.heads([projectId], [sessionId]);
    const settled = await settleUse(rows, { heads, nowMs }, sources);
    const due = { session: sources.useTrees.takeLarge(nowMs), nowMs };
    await events.insert([...settled, ...(await settleLargeUse(settled, due, sources))]);
  }
  const sum = () => events.model.rollups([projectId], [sessionId])[0]?.totalTokens;
  return { commit, sum };
}

const event = (eventId: string, parentId: string, totalTokens = 0): StoredEvent =>
  buildStoredEvent({ projectId, sessionId, eventId, parentId, totalTokens });

test('use counts once in a session that is too large for a tree, a minute after it was written to', async () => {
  const { commit, sum } = setUp();
  const many = Array.from({ length: maxTreeEvents }, (_each, index) => event(`e${index}`, 's'));
  await commit([buildStoredSession({ projectId, sessionId }), ...many], 0);

  await commit([event('call', 'agent', 5), event('agent', 's', 5)], 1);
  expect(sum()).toBe(10);
  await commit([buildStoredEvent({ projectId, sessionId: 'other', eventId: 'o' })], minuteMs);
  expect(sum()).toBe(10);
  await commit([buildStoredEvent({ projectId, sessionId: 'other', eventId: 'p' })], minuteMs + 1);
  expect(sum()).toBe(5);
});
