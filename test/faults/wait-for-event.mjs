// Ends once a service has an event, for a test that holds its own thread meanwhile; fails after a minute.
// usage: node wait-for-event.mjs URL KEY EVENT_ID
import { setTimeout as delay } from 'node:timers/promises';

const [url, key, eventId] = process.argv.slice(2);
const headers = { authorization: `Bearer ${key}` };
const deadline = Date.now() + 60_000;
for (;;) {
  const { status } = await fetch(`${url}/v1/events/${eventId}`, { headers });
  if (status === 200) break;
  if (Date.now() > deadline) process.exit(1);
  await delay(50);
}
