import { describe, expect, test } from 'vitest';
import { HoneyHiveClosedError } from '../errors/errors.ts';
import { buildRequest, buildResponse } from '../testing/wire-request.ts';
import { createInFlight } from './in-flight.ts';

const { signal } = new AbortController();

function deferred() {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<void>((onDone, onFailed) => {
    resolve = onDone;
    reject = onFailed;
  });
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

describe('in-flight', () => {
  test('waits for the calls in flight, those that fail among them, and refuses later ones', async () => {
    const inFlight = createInFlight();
    const first = deferred();
    const second = deferred();
    const calls = [first, second].map(async ({ promise }) =>
      inFlight.layer(async () => {
        await promise;
        return buildResponse();
      })(buildRequest(), signal),
    );
    const outcomes = Promise.allSettled(calls);
    let isDrained = false;

    const drained = inFlight.drain().then(() => {
      isDrained = true;
    });
    const late = inFlight.layer(async () => buildResponse())(buildRequest(), signal);
    await expect(late).rejects.toBeInstanceOf(HoneyHiveClosedError);
    first.resolve();
    await calls[0];
    expect(isDrained).toBe(false);
    second.reject(new Error('broken'));
    await drained;

    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('has nothing to wait for when there is no call', async () => {
    await expect(createInFlight().drain()).resolves.toBeUndefined();
  });
});
