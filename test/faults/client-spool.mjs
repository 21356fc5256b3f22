// A program that writes events ahead to a folder: `node client-spool.mjs DIR SESSION_ID COUNT HOW`. Says how things
// stand, and waits.
import { setTimeout as sleep } from 'node:timers/promises';
import { HoneyHive } from 'honeyhive';

const [dir = '', session_id = '', count = '0', how = 'stay'] = process.argv.slice(2);
const client = new HoneyHive({
  spool: { dir },
  flushInterval: 0.02,
  retryBackoffFactor: 0.02,
});
for (let place = 0; place < Number(count); place += 1) {
  client.logEvent({
    session_id,
    event_type: 'tool',
    event_name: 'step',
    inputs: { text: 'x'.repeat(500) },
    metadata: { place },
  });
}
if (how === 'exit') {
  const endsAt = performance.now();
  // Called after the client's own listener.
  process.on('exit', () => console.log(`held for ${Math.ceil(performance.now() - endsAt)} ms`));
  process.exit(3);
}
// The end of the turn, by which everything is written.
await new Promise((resolve) => setImmediate(resolve));
console.log('logged');
while (client.stats().pending > 0) await sleep(10);
// The end of a turn, by which what is settled is written down.
await sleep(20);
console.log(`settled ${client.stats().stored}`);
await sleep(60_000);
