// Events that are beyond a threshold, and when the webhooks about them arrive.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 1_700;

async function startReceiver(onMessage) {
  const take = async (request, response) => {
    onMessage(await json(request));
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Sends slow events of a project until it is stopped, and measures the time until a receiver has the webhook. */
export async function startProbes({ ask }, project) {
  const sent = new Map();
  const delays = [];
  const receiver = await startReceiver(({ data }) => {
    const since = sent.get(data.group);
    if (since === undefined) return;
    delays.push(performance.now() - since);
    sent.delete(data.group);
  });
  const path = `/v1/projects/${encodeURIComponent(project)}`;
  const url = `http://127.0.0.1:${receiver.address().port}/`;
  const made = await ask('POST', `${path}/alert_destinations`, {
    kind: 'webhook',
    name: 'probes',
    url,
  });
  await ask('POST', `${path}/alerts`, {
    name: 'probe',
    alert_type: 'PER_EVENT',
    projections: ['duration'],
    filters: [{ field: 'event_name', operator: 'is', value: 'probe' }],
    thresholds: { critical: { operator: 'greater_than', value: 1e6 } },
    destination_ids: [JSON.parse(made).destination.id],
  });
  let isSending = true;
  const sending = (async () => {
    while (isSending) {
      const event_id = randomUUID();
      sent.set(event_id, performance.now());
      const event = { event_id, event_type: 'tool', event_name: 'probe', duration: 2e6, project };
      await ask('POST', '/events', { event });
      await delay(everyMs);
    }
  })();
  const stopSending = () => {
    isSending = false;
  };
  return {
    waiting: () => sent.size,
    stopSending,
    /** The delays, milliseconds, and how many events have no webhook yet. */
    async stop() {
      stopSending();
      await sending;
      receiver.closeAllConnections();
      receiver.close();
      return { delays, missing: sent.size };
    },
  };
}
