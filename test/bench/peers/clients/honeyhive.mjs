// Ours.
import { HoneyHive } from 'honeyhive';

export const packages = [];
export const answers = [{ path: /^\/events\/batch$/, body: answer }];
/** The scenarios with faults are repeated before a real service, and counted in its store. */
export const hasStore = true;

/** What the service says of a batch. */
function answer(text) {
  const { events } = JSON.parse(text);
  return JSON.stringify({
    event_ids: events.map(({ event_id }) => event_id),
    success: true,
    created_count: events.length,
    failed_count: 0,
    events: [],
    errors: [],
  });
}

export function open({ url, apiKey }) {
  // As an application would that wants its events at SIGTERM, too.
  const client = new HoneyHive({ apiKey, baseUrl: url, handleSignals: true });
  return {
    // The id is made by the client, as it is in an application.
    log({ event_id: _made, ...event }) {
      client.logEvent(event);
    },
    flush: () => client.flush(),
    close: () => client.close(),
  };
}
