// Several blocking clients that log an event each and end without a flush: `node many-clients.mjs HOW COUNT`.
import { HoneyHiveSync } from 'honeyhive/sync';

const [how, count] = process.argv.slice(2);
for (let place = 0; place < Number(count); place += 1) {
  const client = new HoneyHiveSync({ flushInterval: 600, exitTimeout: 60 });
  client.logEvent({ session_id: `session ${place}`, event_type: 'tool', event_name: 'step' });
}
if (how === 'exit') process.exit(3);
