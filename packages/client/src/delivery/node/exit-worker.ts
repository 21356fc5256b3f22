import { workerData } from 'node:worker_threads';
import { createCall } from '../../call/call.ts';
import type { Call } from '../../call/call.ts';
import { HoneyHiveAPIError } from '../../errors/errors.ts';
import { isObject } from '../../json/json-object.ts';
import { auth, authorizationOf } from '../../layers/auth.ts';
import { deadline } from '../../layers/deadline.ts';
import { retry } from '../../layers/retry.ts';
import { systemClock as clock, systemRandom } from '../../runtime/clock.ts';
import { createHttpTransport } from '../../transport/http.ts';
import { compose } from '../../wire/pipeline.ts';
import { assumeExitSetup, exitCell } from './exit-message.ts';
import type { ExitResult, ExitRoute, PostedJob } from './exit-message.ts';

// Runs while the main thread sleeps in the `exit` event: nothing in here may wait for that thread.
const { jobs, request, cells, port } = assumeExitSetup(workerData);
const wake = () => Atomics.notify(cells, exitCell.done);

Atomics.store(cells, exitCell.isUp, 1);
wake();

const openCall = ({ apiKey, headers, retry: policy, transport, timeoutMs }: ExitRoute): Call =>
  createCall({
    send: compose(
      [deadline(clock), retry(policy, { clock, random: systemRandom }), auth],
      createHttpTransport(transport, clock).send,
    ),
    clock,
    redact: (text) => text,
    timeoutMs,
    headers: { ...authorizationOf(apiKey), ...headers },
  });

/** What of a body was not stored; null: nothing. */
async function post(
  call: Call,
  payload: Uint8Array,
): Promise<Pick<ExitResult, 'lost' | 'message'>> {
  const { json } = await call({ ...request, payload, replay: 'safe' }, undefined);
  const reported = isObject(json) ? json['errors'] : [];
  const errors: readonly unknown[] = Array.isArray(reported) ? reported : [];
  const [first] = errors;
  const message = isObject(first) ? String(first['message']) : '';
  return { lost: errors.length, message };
}

/** Whether the service may take the next body, after it refused this one. */
const isOfBody = (error: unknown): boolean =>
  error instanceof HoneyHiveAPIError && [400, 413, 422].includes(error.statusCode);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** One body after the other, so that the events of a session keep their order. */
async function run({ id: job, route, bodies }: PostedJob): Promise<void> {
  const call = openCall(route);
  let failure: string | null = null;
  for (const [body, payload] of bodies.entries()) {
    const result =
      failure === null
        ? await post(call, payload).catch((error: unknown) => {
            if (!isOfBody(error)) failure = messageOf(error);
            return { lost: null, message: messageOf(error) };
          })
        : { lost: null, message: failure };
    port.postMessage({ job, body, ...result } satisfies ExitResult);
    Atomics.add(cells, exitCell.done, 1);
    wake();
  }
}

for (const job of jobs) void run(job);
