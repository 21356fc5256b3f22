import { workerData } from 'node:worker_threads';
import { createCall } from '../../call/call.ts';
import { toCallInput } from '../../call/endpoint-call.ts';
import { auth, authorizationOf } from '../../layers/auth.ts';
import { deadline } from '../../layers/deadline.ts';
import { retry } from '../../layers/retry.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { createUndiciTransport } from '../../transport/undici.ts';
import { compose } from '../../wire/pipeline.ts';
import { assumeExitSetup, exitCell } from './exit-message.ts';

// Runs while the main thread sleeps in the `exit` event: nothing in here may wait for that thread.
const setup = assumeExitSetup(workerData);
const { cells } = setup;
const clock = systemClock;
const wake = () => Atomics.notify(cells, exitCell.done);

Atomics.store(cells, exitCell.isUp, 1);
wake();

const call = createCall({
  send: compose(
    [deadline(clock), retry(setup.retry, { clock, random: systemRandom }), auth],
    createUndiciTransport(setup.transport, clock).send,
  ),
  clock,
  redact: (text) => text,
  timeoutMs: setup.timeoutMs,
  headers: { ...authorizationOf(setup.apiKey), ...setup.headers },
});

for (const payload of setup.bodies) {
  const request = toCallInput({ operation: 'logEvent', endpoint: 'createEventBatch' });
  // One after the other, so that the events of a session keep their order. What fails is lost with the process.
  await call({ ...request, payload, replay: 'safe' }, undefined).catch(() => undefined);
  Atomics.add(cells, exitCell.done, 1);
  wake();
}
