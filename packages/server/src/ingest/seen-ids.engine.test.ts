import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noPricer } from '../domain/pricing.ts';
import { draftEvent } from '../domain/event-draft.ts';
import { openEventStore } from '../store/events/open-event-store.ts';
import { SeenIds } from './seen-ids.ts';

test('an id that was added is never taken for new', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 200 }), (ids) => {
      const seen = new SeenIds(100);
      for (const [projectId, eventId] of ids) seen.add(projectId, eventId);
      seen.complete();

      expect(ids.every(([projectId, eventId]) => seen.mayHold(projectId, eventId))).toBe(true);
    }),
  );
});

test('at its capacity, under one in a hundred new ids looks known', () => {
  const seen = new SeenIds(20_000);
  for (let index = 0; index < 20_000; index += 1) seen.add('p', randomUUID());
  seen.complete();

  const wrong = Array.from({ length: 20_000 }, () => randomUUID()).filter((id) =>
    seen.mayHold('p', id),
  );

  expect(wrong.length).toBeLessThan(200);
});

test('before it is complete, everything may be known', () => {
  expect(new SeenIds(10).mayHold('p', 'new')).toBe(true);
});

test('the store makes the same digests of its ids, each row once at least', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'honeyhive-seen-'));
  const store = await openEventStore({ dataDir });
  const ids = ['plain', 'ünïcødé 🐝', "quote ' and \\ backslash", 'tab\tand\nline'];
  const rows = ids.map((eventId) => {
    const draft = draftEvent(
      { event_type: 'tool', event_id: eventId },
      {
        projectId: 'prøject',
        now: 0,
        acceptsUnknownType: false,
        isByOrganisation: true,
        apiKeyId: 'k1',
        pricer: noPricer,
      },
    );
    if ('issues' in draft) throw new Error('bad test event');
    return draft.event;
  });
  await store.insert(rows);
  const seen = new SeenIds(1_000);

  await store.scanIds((digests) => seen.addDigests(digests));
  seen.complete();
  await store.close();
  await rm(dataDir, { recursive: true, force: true });

  expect(ids.every((id) => seen.mayHold('prøject', id))).toBe(true);
  expect(seen.mayHold('prøject', 'another')).toBe(false);
  expect(seen.mayHold('other', 'plain')).toBe(false);
});
