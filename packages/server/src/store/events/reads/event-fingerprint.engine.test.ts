import { expect, test } from 'vitest';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestEngine } from '../../testing/open-test-engine.ts';
import { eventTable } from '../rows/event-row.ts';
import { createEventStore } from '../event-store.ts';

const engine = await openTestEngine();

test('the fingerprint of events stays while parts merge, and changes with every write', async () => {
  const store = createEventStore(engine);
  const event = buildStoredEvent({ projectId: 'p1', eventId: 'e1' });
  const read = async (): Promise<string> =>
    JSON.stringify(await store.readFingerprint(['p1', 'p2']));
  const merge = (): Promise<void> => engine.command({ sql: `OPTIMIZE TABLE ${eventTable} FINAL` });
  const seen = [await read()];

  for (const next of [
    event,
    { ...event, version: 2 },
    { ...event, version: 3, isDeleted: true },
    buildStoredEvent({ projectId: 'p2', eventId: 'e1' }),
    buildStoredEvent({ projectId: 'p1', eventId: 'e2' }),
  ]) {
    await store.insert([next]);
    const before = await read();
    await merge();
    expect(await read()).toBe(before);
    seen.push(before);
  }
  await store.insert([buildStoredEvent({ projectId: 'p3', eventId: 'e1' })]);

  expect(new Set(seen).size).toBe(6);
  expect(await read()).toBe(seen.at(-1));
});
