// Programs that log events with several clients and end: `node client-loss.mjs HOW [CLIENTS]`.
import { HoneyHive } from 'honeyhive';
import { HoneyHiveSync } from 'honeyhive/sync';

const [how = 'natural', clients = '1'] = process.argv.slice(2);
const options = { maxRetries: 0, exitTimeout: Number(process.env.EXIT_SECONDS) };
if (process.env.LOGGER === 'null') options.logger = null;
const event = { session_id: 's', event_type: 'tool', event_name: 'step' };
const logThree = (client) => {
  for (let step = 0; step < 3; step += 1) client.logEvent(event);
};

if (how === 'collected') {
  // One client for each request of a server, none of them closed.
  const references = [];
  for (let request = 0; request < Number(clients); request += 1) {
    const client = new HoneyHive({ ...options, keepaliveExpiry: 0.05, flushInterval: 0.01 });
    logThree(client);
    await client.flush();
    references.push(new WeakRef(client));
  }
  const countAlive = () => references.filter((reference) => reference.deref()).length;
  while (countAlive() > 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    globalThis.gc();
  }
  console.log(`alive ${countAlive()}`);
} else if (how === 'sync') {
  logThree(new HoneyHiveSync(options));
} else {
  for (let made = 0; made < Number(clients); made += 1) logThree(new HoneyHive(options));
  if (how === 'exit') process.exit(3);
}
