// A program that logs events and ends without a flush: `node client-ending.mjs HOW SESSION_ID`. EXIT_SECONDS is for how
// long the end may wait for an answer.
import { setTimeout as sleep } from 'node:timers/promises';
import { HoneyHive } from 'honeyhive';

const [how = 'natural', session_id = ''] = process.argv.slice(2);
const exitTimeout = Number(process.env.EXIT_SECONDS);
const client = new HoneyHive({
  handleSignals: how.startsWith('signal'),
  retryBackoffFactor: 0.02,
  exitTimeout,
});
if (how === 'signal-own') {
  process.on('SIGTERM', () => {
    console.log('the application saw the signal');
    process.exit(7);
  });
}
if (how === 'caught') process.on('uncaughtException', () => process.exit(9));
for (let place = 0; place < 1000; place += 1) {
  client.logEvent({
    session_id,
    event_type: 'tool',
    event_name: 'step',
    inputs: { text: 'x'.repeat(500) },
    metadata: { place },
  });
}
console.log('logged');

if (how === 'exit') {
  const endsAt = performance.now();
  // Called after the client's own listener.
  process.on('exit', () => console.log(`held for ${Math.ceil(performance.now() - endsAt)} ms`));
  process.exit(3);
}
if (how === 'throw' || how === 'caught') throw new Error('the application failed');
if (how === 'reject') void Promise.reject(new Error('the application failed'));
if (how === 'midway') {
  // Some batches are in flight, some are done, some wait.
  await sleep(15);
  for (let place = 1000; place < 1500; place += 1) {
    client.logEvent({ session_id, event_type: 'tool', event_name: 'step', metadata: { place } });
  }
  process.exit(4);
}
if (how.startsWith('signal')) await sleep(60_000);
