// Preloaded into every thread: ends the first worker in the way that DEATH says, while it is in a call.
import { isMainThread, threadId } from 'node:worker_threads';

const deaths = {
  exit: () => process.exit(3),
  throw: () => {
    throw new Error('thrown in the worker');
  },
  'reject-later': () => void Promise.reject(new Error('rejected in the worker')),
  'block-for-ever': () => {
    for (;;);
  },
  'run-out-of-memory': () => {
    for (const hoard = []; ;) hoard.push(Array.from({ length: 100_000 }, () => ({})));
  },
};

const die = () => deaths[process.env.DEATH]();

/** Asks the server until the call has arrived there. */
async function waitForCall() {
  const response = await fetch(process.env.HAS_ARRIVED);
  if ((await response.json()) === true) setTimeout(die);
  else setTimeout(() => void waitForCall(), 20);
}

if (!isMainThread && threadId === 1) void waitForCall();
