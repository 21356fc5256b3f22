// A program that logs with the blocking client and ends without a flush: `node blocking-log.mjs HOW SESSION_ID [DIR]`.
// EXIT_SECONDS is for how long the end may wait for an answer.
import { HoneyHiveSync } from 'honeyhive/sync';

const [how = 'natural', session_id = '', dir] = process.argv.slice(2);
const client = new HoneyHiveSync({
  handleSignals: how === 'signal',
  retryBackoffFactor: 0.02,
  flushInterval: 0.02,
  exitTimeout: Number(process.env.EXIT_SECONDS),
  ...(dir === undefined ? {} : { spool: { dir } }),
});
if (how !== 'next') {
  for (let place = 0; place < 1000; place += 1) {
    client.logEvent({ session_id, event_type: 'tool', event_name: 'step', metadata: { place } });
  }
}
// In the files by then.
const { pending } = client.stats();
console.log(`logged ${pending}`);
if (how === 'exit') process.exit(3);
if (how === 'throw') throw new Error('the application failed');
if (how === 'close') client.close();
if (how === 'next') console.log(`stored ${client.flush({ timeout: 60 }).stored}`);
if (how === 'signal' || how === 'stay') setTimeout(() => undefined, 60_000);
