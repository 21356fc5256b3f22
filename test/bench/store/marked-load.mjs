// Events with known words, spread over the hours of a set, sent until the service has acknowledged them.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createDice } from '../random.mjs';
import { hourMs, nowMs } from './when.mjs';

const words = ['erstattung', 'Überweisung', '退款', 'delivery-note'];
/** Each word ends with a number: few events have the same. */
const variants = 40;
/** Every one that there is. */
export const marks = words.flatMap((word) =>
  Array.from({ length: variants }, (_, number) => `${word}${number}x`),
);

/** Most hours stay as they are: one that is written to has to wait for its words. */
const hoursBetween = 18;
const batchEvents = 50;
const updatesOfBatch = 5;
const againMs = 200;

/** Sends a request until a service answers it: it may be gone for a while. What was stored twice is stored once. */
async function sendUntilStored(ask, request) {
  for (;;) {
    try {
      return await ask(request);
    } catch (error) {
      if (/: 4\d\d /.test(error.message)) throw error;
      await delay(againMs);
    }
  }
}

const post = (path, body) => ({ method: 'POST', path, body });
const toUpdate = ({ eventId, mark }) => ({
  method: 'PUT',
  path: '/events',
  body: { event_id: eventId, outputs: { text: `now ${mark}` } },
});

/**
 * Starts to send.
 *
 * @param ask sends a request to the service of the moment
 * @returns what is stored, by id, and how to start and to pause
 */
export function startMarkedLoad(ask, { eventsPerSecond, hours, project }) {
  const dice = createDice(41);
  const stored = new Map();
  let isRunning = false;
  let running = Promise.resolve();
  const sendBatch = async () => {
    const made = Array.from({ length: batchEvents }, () => ({
      eventId: randomUUID(),
      startTime: nowMs - dice.below(hours / hoursBetween) * hoursBetween * hourMs,
      mark: dice.pick(marks),
    }));
    const events = made.map(({ eventId, startTime, mark }) => ({
      event_id: eventId,
      event_type: 'tool',
      event_name: 'look up',
      start_time: startTime,
      outputs: { text: `then ${mark}` },
    }));
    await sendUntilStored(ask, post('/events/batch', { project, events }));
    for (const event of made) stored.set(event.eventId, event);
    for (const event of made.slice(0, updatesOfBatch)) {
      const changed = { ...event, mark: dice.pick(marks) };
      await sendUntilStored(ask, toUpdate(changed));
      stored.set(event.eventId, changed);
    }
  };
  const run = async () => {
    while (isRunning) {
      const startedAt = performance.now();
      await sendBatch();
      const left = (batchEvents / eventsPerSecond) * 1000 - (performance.now() - startedAt);
      if (left > 0) await delay(left);
    }
  };
  return {
    stored,
    start() {
      isRunning = true;
      running = run();
    },
    async pause() {
      isRunning = false;
      await running;
    },
  };
}
