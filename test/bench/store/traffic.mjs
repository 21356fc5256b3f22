// The load of the store benchmark: realistic traffic, the same on every run. Counts as changed when `trafficVersion`
// does.
import { drawText } from './text.mjs';
import { makeSession, withDigest } from './session.mjs';
import { createDice } from '../random.mjs';

/** What a kept data set was made by; a set of another version is made again. */
export const trafficVersion = 2;

const dayMs = 86_400_000;
/** Five million events in thirty days, at any size of the set: a larger one reaches further back. */
const eventsPerDay = 5_000_000 / 30;
export const chunkEvents = 20_000;
const chunkMs = (chunkEvents / eventsPerDay) * dayMs;
/** When the newest events of a set begin. */
export const endMs = Date.UTC(2026, 10, 22);
/** Every so many chunks, one session has 10,000 events. */
const longSessionEvery = 12;
const longSessionEvents = 10_000;
const updatedShare = 0.1;
/** Of the updates, those that come some time later, and how many chunks that is. */
const lateShare = 0.3;
const lateChunks = 8;
const sideProjectShare = 0.05;

/** A state of the event after the one that was stored: an outcome that came late, or what a user thought of it. */
function makeUpdate(dice, event) {
  const updatedAt = Math.ceil(event.endTime + dice.exponential(60_000));
  const next = { ...event, version: 2, updatedAt };
  if (dice.chance(0.4)) {
    const comment = dice.chance(0.3) ? { comment: drawText(dice, 80) } : {};
    return { ...next, feedback: JSON.stringify({ rating: dice.below(6), ...comment }) };
  }
  const metadata = { ...JSON.parse(event.metadata), reviewed: true, review_score: dice.below(100) };
  return {
    ...next,
    metadata: JSON.stringify(metadata),
    error: event.error ?? (dice.chance(0.02) ? 'ReviewFailed: not what was asked for' : null),
    durationMs: event.durationMs + dice.below(500),
  };
}

/** The events that begin in one stretch of time, counted from 0 for the oldest of the set. */
export function makeChunk(index, { chunkCount, projectIds }) {
  const dice = createDice(1_000 + index);
  const startMs = endMs - (chunkCount - index) * chunkMs;
  const hasLongSession = index % longSessionEvery === 5;
  const events = [];
  const add = (eventCount) =>
    events.push(
      ...makeSession(dice, {
        projectId: projectIds[dice.chance(sideProjectShare) && eventCount < 1_000 ? 1 : 0],
        startTime: Math.round(startMs + dice.next() * chunkMs * 0.97),
        eventCount: Math.min(eventCount, chunkEvents - events.length),
      }),
    );
  if (hasLongSession) add(longSessionEvents);
  while (events.length < chunkEvents) add(Math.round(dice.logUniform(1, 200)));
  const updates = events
    .filter(() => dice.chance(updatedShare))
    .map((event) => withDigest(makeUpdate(dice, event)));
  const isLate = updates.map(() => dice.chance(lateShare));
  return {
    events,
    updates: updates.filter((_, place) => !isLate[place]),
    /** To be stored `lateChunks` later. */
    lateUpdates: updates.filter((_, place) => isLate[place]),
  };
}

/** What is stored, insert by insert, from a chunk on: new events, then updates of these and of earlier ones. */
export function* makeInserts(set, fromChunk = 0) {
  const late = [];
  for (let index = Math.max(0, fromChunk - lateChunks); index < set.chunkCount; index += 1) {
    const { events, updates, lateUpdates } = makeChunk(index, set);
    late.push(lateUpdates);
    const due = late.length > lateChunks ? late.shift() : [];
    const isLast = index === set.chunkCount - 1;
    if (index < fromChunk) continue;
    yield { index, events, updates: [...updates, ...due, ...(isLast ? late.flat() : [])] };
  }
}

export const countChunks = (eventCount) => Math.ceil(eventCount / chunkEvents);
