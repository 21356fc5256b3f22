import { describe, expect, test } from 'vitest';
import { HoneyHiveRateLimitError } from '../errors/errors.ts';
import { connect, eventInput, failureOf } from '../testing/connect.ts';
import { reply, startScriptedServer } from '../testing/scripted-server.ts';
import { toConfig } from './config.ts';
import { resolveOptions } from './resolve-options.ts';

const limitOf = (options: object, environment = {}) =>
  toConfig(resolveOptions(options, environment)).rateLimit;

describe('the rate limit of a client', () => {
  test.each([
    [{}, {}, null],
    [{ rateLimitCalls: 5 }, {}, { calls: 5, windowMs: 60_000 }],
    [{ rateLimitWindow: 0.5 }, {}, { calls: 100, windowMs: 500 }],
    [{ rateLimitCalls: 200, rateLimitPeriod: 60 }, {}, { calls: 200, windowMs: 60_000 }],
    [{}, { HH_RATE_LIMIT_CALLS: '7', HH_RATE_LIMIT_WINDOW: '2' }, { calls: 7, windowMs: 2000 }],
    [{ rateLimitCalls: 0 }, { HH_RATE_LIMIT_CALLS: '7' }, null],
  ])('of %j and %j is %j', (options, environment, expected) => {
    expect(limitOf(options, environment)).toEqual(expected);
  });

  test('is shared by all methods, and lets none pass its deadline', async () => {
    await using server = await startScriptedServer(reply(200, { event_id: 'e', success: true }));
    await using client = connect(server.url, { rateLimitCalls: 2, rateLimitWindow: 60 });

    await client.request('GET', '/anything');
    await client.createEvent(eventInput);
    const refused = await failureOf(client.updateEvent({ event_id: 'e' }));

    expect(refused).toBeInstanceOf(HoneyHiveRateLimitError);
    expect(server.arrived).toHaveLength(2);
  });

  test('lets calls wait for the window on the real clock', async () => {
    await using server = await startScriptedServer(reply(200, {}));
    await using client = connect(server.url, { rateLimitCalls: 2, rateLimitWindow: 0.2 });
    const startedAt = performance.now();

    await Promise.all(Array.from({ length: 5 }, () => client.request('GET', '/anything')));

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(400);
    expect(server.arrived).toHaveLength(5);
  });
});
