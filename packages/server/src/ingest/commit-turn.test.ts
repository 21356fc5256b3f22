import { expect, test } from 'vitest';
import { StoreUnavailable } from '../domain/event-store.ts';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { requireSessions, runInTurn } from './commit-turn.ts';
import type { Write } from './write.ts';
import type { WriteTurns } from './write-turns.ts';

/** Grants every turn. */
function openTurns() {
  const asked: (readonly string[])[] = [];
  const turns: WriteTurns = {
    isShared: true,
    ownNumbers: () => [],
    run(ids, work) {
      asked.push(ids);
      return work({ number: asked.length, missing: (of) => of.filter((id) => !ids.includes(id)) });
    },
  };
  return { asked, turns };
}

const scope = { kind: 'project', projectId: 'p' } as const;
const patch: Write = {
  kind: 'patch',
  eventId: 'e',
  scope,
  patch: { merge: {} },
  now: 0,
  clientTimeNs: null,
};

test('what turns out to be needed is in the next turn', async () => {
  const { asked, turns } = openTurns();

  const number = await runInTurn(
    turns,
    { writes: [patch], sessionIds: ['large'] },
    async (turn) => {
      requireSessions(turn, [{ sessionId: 's' }]);
      requireSessions(turn, [{ sessionId: 't' }]);
      return turn.number;
    },
  );

  expect(number).toBe(3);
  expect(asked).toEqual([
    ['e', 'large'],
    ['e', 'large', 's'],
    ['e', 'large', 's', 't'],
  ]);
});

test('a turn has the event and the session that a write names', async () => {
  const { asked, turns } = openTurns();
  const event = buildStoredEvent({ eventId: 'e', sessionId: 's' });
  const writes: Write[] = [
    { kind: 'create', event, sent: { event_type: 'tool' } },
    { kind: 'deleteSession', sessionId: 'gone', scope, now: 0 },
    { kind: 'startSession', event: buildStoredEvent({ eventId: 'new', sessionId: 'new' }) },
  ];

  await runInTurn(turns, { writes, sessionIds: [] }, async () => undefined);

  expect(asked).toEqual([['e', 's', 'gone', 'new']]);
});

test('what needs another session each time ends as unavailable', async () => {
  const { asked, turns } = openTurns();
  let count = 0;

  const endless = runInTurn(turns, { writes: [patch], sessionIds: [] }, async (turn) => {
    count += 1;
    requireSessions(turn, [{ sessionId: `s${count}` }]);
  });

  await expect(endless).rejects.toThrow(StoreUnavailable);
  expect(asked).toHaveLength(8);
});
