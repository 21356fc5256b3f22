// What an application sends while others read: batches of new events, single events, and updates of some of them.
import { setTimeout as delay } from 'node:timers/promises';
import { createDice } from '../random.mjs';
import { makeSession } from './session.mjs';

const batchEvents = 100;
const updatesPerBatch = 5;

const toWire = (event) =>
  `{"event_id":"${event.eventId}","session_id":"${event.sessionId}","event_type":"${event.eventType}","event_name":"${event.eventName}","parent_id":"${event.parentId}","source":"${event.source}","start_time":${event.startTime},"end_time":${event.endTime},"duration":${event.durationMs},"config":${event.config},"inputs":${event.inputs},"outputs":${event.outputs},"metadata":${event.metadata},"metrics":${event.metrics}}`;

/** Batches without end, of sessions that begin shortly before `nowMs`. */
function* makeBatches(seed, nowMs) {
  const dice = createDice(seed);
  for (;;) {
    const session = makeSession(dice, {
      projectId: '',
      startTime: nowMs - dice.below(600_000),
      eventCount: batchEvents + 1,
    });
    const events = session.filter(({ eventType }) => eventType !== 'session');
    yield {
      body: `{"project":"support","events":[${events.map(toWire).join(',')}]}`,
      updates: events
        .slice(0, updatesPerBatch)
        .map(({ eventId }) => `{"event_id":"${eventId}","feedback":{"rating":${dice.below(6)}}}`),
    };
  }
}

/**
 * Sends batches at that rate until it is stopped.
 *
 * @param served the service
 * @param load events each second, and when they begin
 */
export function startLoad(served, { eventsPerSecond, nowMs, seed = 1 }) {
  const sent = { events: 0, updates: 0, late: 0 };
  let isRunning = true;
  const run = async () => {
    const startedAt = performance.now();
    for (const { body, updates } of makeBatches(seed, nowMs)) {
      if (!isRunning) return;
      await served.ask({ method: 'POST', path: '/events/batch', body });
      await Promise.all(
        updates.map((update) => served.ask({ method: 'PUT', path: '/events', body: update })),
      );
      sent.events += batchEvents;
      sent.updates += updates.length;
      const ahead = (sent.events / eventsPerSecond) * 1000 - (performance.now() - startedAt);
      if (ahead > 0) await delay(ahead);
      else sent.late += 1;
    }
  };
  const running = run();
  return {
    async stop() {
      isRunning = false;
      await running;
      return sent;
    },
  };
}
