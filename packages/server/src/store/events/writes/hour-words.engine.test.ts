import { expect, test } from 'vitest';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import type { EventEngine } from '../engine/engine.ts';
import { createEventStore } from '../event-store.ts';
import { wordTable } from '../sql/hour-words.ts';

const real = await openTestEngine();

test('what is stored while a deletion of words fails is found', async () => {
  const toRow = (eventId: string, text: string) =>
    buildStoredEvent({ eventId, inputs: JSON.stringify({ text }) });
  let duringDeletion: (() => Promise<void>) | null = null;
  const engine: EventEngine = {
    insert: (batch) => real.insert(batch),
    query: (statement, signal, turn) => real.query(statement, signal, turn),
    close: () => real.close(),
    async command(statement) {
      if (!statement.sql.startsWith(`ALTER TABLE ${wordTable} DELETE`))
        return real.command(statement);
      await duringDeletion?.();
      throw new Error('the disk is full');
    },
  };
  const store = createEventStore(engine);
  await store.insert([toRow('e1', 'first')]);
  // The first round leaves alone what was just written to.
  for (let rounds = 0; rounds < 2; rounds += 1)
    await store.indexWords({ isStopped: () => false, rest: (work) => work() });
  expect(store.wordIndex()).toEqual({ hours: 1, indexedHours: 1 });

  duringDeletion = () => store.insert([toRow('e2', 'second')]);
  await expect(store.deleteProject('p1')).rejects.toThrow('the disk is full');

  const query = { projectId: 'p1', scope: 'events', filters: [], target: 'any_event' } as const;
  expect(await store.explore.countRows({ ...query, words: ['second'] }, 10)).toBe(1);
  expect(await store.explore.countRows({ ...query, words: ['first'] }, 10)).toBe(1);
});
