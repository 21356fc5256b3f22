// What the UI is measured on: many short sessions in one project; long ones, and large payloads, in another.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEventStore } from '../../../packages/server/dist/store/events/open-event-store.js';
import { openMetadataStore } from '../../../packages/server/dist/open-metadata.js';
import { createDice } from '../random.mjs';
import { benchDir, insertAll, readState, waitForMerges, writeState } from '../store/dataset.mjs';
import { makeSession, withDigest } from '../store/session.mjs';
import { drawText } from '../store/text.mjs';
import { setVersion } from './plan.mjs';

const dayMs = 86_400_000;
/** The day that the lists show; no set is of another one, or it would be a different set tomorrow. */
export const day = { startMs: Date.UTC(2026, 10, 21), range: '2026-11-21T00:00~2026-11-22T00:00' };

/** Sessions of one insert. */
const groupSessions = 2_000;

function* makeList(dice, { listSessions }, { projectId, note }) {
  for (let made = 0; made < listSessions; made += groupSessions) {
    const events = [];
    for (let index = made; index < Math.min(listSessions, made + groupSessions); index += 1) {
      const startTime = Math.round(day.startMs + ((index + dice.next()) / listSessions) * dayMs);
      const session = makeSession(dice, { projectId, startTime, eventCount: 1 + dice.below(3) });
      note(session[0]);
      events.push(...session);
    }
    yield events;
  }
}

const makeLong = (dice, { projectId, index, eventCount }) =>
  makeSession(dice, { projectId, startTime: day.startMs + index * 60_000, eventCount });

/** An object of about so many bytes, of the kind that tools answer with. */
function makeJson(dice, name, bytes) {
  const results = [];
  for (let length = 0; length < bytes - 400;) {
    const result = {
      id: `doc-${results.length}`,
      score: dice.below(10_000) / 10_000,
      tags: [drawText(dice, 8), drawText(dice, 8)],
      source: { title: drawText(dice, 40), page: dice.below(400), isPublic: dice.chance(0.5) },
      snippet: drawText(dice, 60 + dice.below(240)),
    };
    length += JSON.stringify(result).length + 1;
    results.push(result);
  }
  return JSON.stringify({ name, results });
}

/** A session with one event for each payload. */
function makePayloads(dice, { payloads, messages }, projectId) {
  const outputs = [
    ...Object.entries(payloads).map(([name, bytes]) => [name, 'tool', makeJson(dice, name, bytes)]),
    ...Object.entries(messages).map(([name, chars]) => [
      name,
      'model',
      JSON.stringify({ role: 'assistant', content: `${name}: ${drawText(dice, chars)}` }),
    ]),
  ];
  const session = makeSession(dice, {
    projectId,
    startTime: day.startMs,
    eventCount: 1 + outputs.length,
  });
  return session.map((event, index) => {
    if (index === 0) return event;
    const [eventName, eventType, text] = outputs[index - 1];
    return withDigest({
      ...event,
      eventName,
      eventType,
      outputs: text,
      inputs: '{}',
      parentId: event.sessionId,
    });
  });
}

/** All inserts, and what the pages are to show of them. */
function* makeInserts(plan, { listId, longId }, model) {
  const dice = createDice(21);
  const note = ({ source }) => {
    model.sources[source] = (model.sources[source] ?? 0) + 1;
  };
  yield* makeList(dice, plan, { projectId: listId, note });
  for (let index = 0; index < plan.longSessions; index += 1) {
    const eventCount = plan.longEvents;
    const events = makeLong(dice, { projectId: longId, index, eventCount });
    model.longIds.push(events[0].eventId);
    yield events;
  }
  const huge = makeLong(dice, { projectId: longId, index: 100, eventCount: plan.hugeEvents });
  model.hugeId = huge[0].eventId;
  yield huge;
  const payloads = makePayloads(dice, plan, longId);
  model.payloadSessionId = payloads[0].eventId;
  model.payloadIds = Object.fromEntries(
    payloads.map(({ eventName, eventId }) => [eventName, eventId]),
  );
  yield payloads;
}

async function build(dataDir, plan, say) {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const metadata = await openMetadataStore(dataDir);
  const { id: listId } = await metadata.ensureProject('many', 0);
  const { id: longId } = await metadata.ensureProject('long', 0);
  await metadata.close();
  const model = { setVersion, sources: {}, longIds: [], hugeId: '', payloadIds: {} };
  const store = await openEventStore({ dataDir });
  let count = 0;
  try {
    for (const events of makeInserts(plan, { listId, longId }, model)) {
      await insertAll(store, events);
      count += events.length;
      say(`building the set: ${count.toLocaleString('en')} events`);
    }
    await waitForMerges(dataDir);
  } finally {
    await store.close();
  }
  await writeState(dataDir, model);
  return model;
}

/**
 * The set of that plan, built unless it was kept.
 *
 * @returns its folder, and what is in it
 */
export async function prepareSet(plan, say) {
  const dataDir = join(benchDir(), `ui-${plan.name}`);
  const known = await readState(dataDir);
  const model = known?.setVersion === setVersion ? known : await build(dataDir, plan, say);
  return { dataDir, model };
}
