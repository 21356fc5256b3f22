import { expect, test } from 'vitest';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { createSampler } from './sampler.ts';

const drops: number[] = [];
const inProject = (projectId: string) => ({ kind: 'project', projectId }) as const;
const everywhere = { kind: 'organisation', projectIds: ['q', 'p'], defaultId: 'q' } as const;
const makeSampler = (rates: Readonly<Record<string, number>>) =>
  createSampler({
    rates: { of: async (projectId) => rates[projectId] ?? 1 },
    onDropped: (count) => drops.push(count),
  });

/** Two events for each of so many sessions. */
const makeEvents = (projectId: string, sessionCount: number) =>
  Array.from({ length: sessionCount * 2 }, (_each, index) =>
    buildStoredEvent({
      projectId,
      sessionId: `session ${index % sessionCount}`,
      eventId: `event ${index}`,
    }),
  );

test('keeps about the share that is asked for, each session whole', async () => {
  const events = makeEvents('quarter', 2_000);

  const isKept = await makeSampler({ quarter: 0.25 }).select(events);

  const kept = new Set(
    events.filter((_event, index) => isKept[index]).map((event) => event.sessionId),
  );
  expect(kept.size).toBeGreaterThan(400);
  expect(kept.size).toBeLessThan(600);
  for (const [index, { sessionId }] of events.entries())
    expect(isKept[index]).toBe(kept.has(sessionId));
});

test('every project has its own rate', async () => {
  const events = ['none', 'all'].flatMap((projectId) => makeEvents(projectId, 10));

  const isKept = await makeSampler({ none: 0 }).select(events);

  expect(isKept).toEqual(events.map(({ projectId }) => projectId === 'all'));
  expect(drops.at(-1)).toBe(20);
});

test('dropped ids are cached, for their project only, until they are stored after all', async () => {
  const rates = { p: 0 };
  const sampler = makeSampler(rates);
  const event = buildStoredEvent({ projectId: 'p' });
  await sampler.select([event]);

  expect(sampler.isForgone(everywhere, event.eventId)).toBe(true);
  expect(sampler.isForgone(inProject('q'), event.eventId)).toBe(false);

  rates.p = 1;
  await sampler.select([event]);

  expect(sampler.isForgone(inProject('p'), event.eventId)).toBe(false);
});

test('what a key of a project left out hides no update of the organisation', async () => {
  const sampler = makeSampler({ p: 0 });
  await sampler.select([buildStoredEvent({ projectId: 'p', isByOrganisation: false })]);
  const before = sampler.isForgone(everywhere, 'e1');
  await sampler.select([buildStoredEvent({ projectId: 'p' })]);
  await sampler.select([buildStoredEvent({ projectId: 'p', isByOrganisation: false })]);

  expect([before, sampler.isForgone(everywhere, 'e1')]).toEqual([false, true]);
  expect(sampler.isForgone(inProject('p'), 'e1')).toBe(true);
});

test('the cache is bounded: the oldest is evicted first', async () => {
  const sampler = makeSampler({ p: 0 });

  await sampler.select(makeEvents('p', 50_001));

  expect(sampler.isForgone(inProject('p'), 'event 1')).toBe(false);
  expect(sampler.isForgone(inProject('p'), 'event 2')).toBe(true);
  expect(sampler.isForgone(inProject('p'), 'event 100001')).toBe(true);
});
