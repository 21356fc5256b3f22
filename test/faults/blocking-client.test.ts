import * as honeyhive from 'honeyhive/sync';
import { HoneyHive, HoneyHiveSync } from 'honeyhive/sync';
import type { HoneyHiveOptions } from 'honeyhive/sync';
import { startChild } from 'honeyhive-testkit';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'blocking');
const server = new Worker(join(folder, 'server.mjs'));
const [url] = (await once(server, 'message')) as [string];

const opened: HoneyHiveSync[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
});
afterAll(() => server.terminate());

/** A client of a server that does what `behaviour` says. */
function connect(behaviour: string, options: HoneyHiveOptions = {}): HoneyHiveSync {
  const client = new HoneyHiveSync({
    apiKey: 'secret-key',
    baseUrl: `${url}/${behaviour}`,
    retryBackoffFactor: 0.001,
    maxRetries: 0,
    ...options,
  });
  opened.push(client);
  return client;
}

/** What the work throws; undefined when it does not. */
function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

const eventInput = { session_id: 's', event_type: 'tool', event_name: 'search' } as const;

describe('an error', () => {
  test.each([
    ['status/400', 'HoneyHiveValidationError', { statusCode: 400, errorCode: 'some_code' }],
    ['status/401', 'HoneyHiveAuthenticationError', { statusCode: 401 }],
    ['status/404', 'HoneyHiveNotFoundError', { statusCode: 404 }],
    ['status/429/7', 'HoneyHiveRateLimitError', { statusCode: 429, retryAfter: 7 }],
    ['status/500', 'HoneyHiveAPIError', { statusCode: 500, response: { status: 500 } }],
    ['reset', 'HoneyHiveConnectionError', { code: 'connection_reset', mayHaveArrived: true }],
    ['html', 'HoneyHiveProtocolError', { expected: 'an object' }],
  ] as const)('after %s is a %s with its fields', (behaviour, name, fields) => {
    const client = connect(behaviour);

    const error = failureOf(() => client.createEvent(eventInput));

    expect(error).toBeInstanceOf(honeyhive[name]);
    expect(error).toBeInstanceOf(honeyhive.HoneyHiveError);
    expect(error).toMatchObject({ name, ...fields });
  });

  test('is the same as that of the other view, but for the stack', async () => {
    const client = connect('status/400');

    const error = failureOf(() => client.createEvent(eventInput));
    const other = await client.async.createEvent(eventInput).catch((reason: unknown) => reason);

    const date = expect.any(String);
    const around = { response: { headers: { date } } };
    expect(JSON.stringify(error)).toBe(JSON.stringify(other));
    expect({ ...(error as object) }).toMatchObject({ ...(other as object), ...around });
  });

  test('tells where the method was called, and below what the worker did', () => {
    const client = connect('reset');

    const error = failureOf(function askedHere() {
      return client.getEvent('e');
    });

    const { stack = '', cause } = error as Error;
    const [own = '', workers = ''] = stack.split('in the worker:');
    expect(own).toMatch(/^HoneyHiveConnectionError: getEvent: .*\n +at .*askedHere/);
    expect(own).not.toContain('blocking-calls');
    expect(workers).toContain('undici');
    expect(cause).toMatchObject({ code: 'ECONNRESET' });
  });

  test('shows no key', () => {
    const failures = ['status/401', 'reset', 'html'].map((behaviour) =>
      failureOf(() => connect(behaviour).getEvent('e')),
    );

    expect(JSON.stringify([opened, failures])).not.toContain('secret-key');
    expect(failures.map((failure) => (failure as Error).stack).join()).not.toContain('secret-key');
  });
});

describe('input', () => {
  test.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['text', ['event']],
    ['a function', [() => 1]],
    ['a number for the session', [{ ...eventInput, session_id: 5 }]],
    ['a list for the name', [{ ...eventInput, event_name: ['x'] }]],
    ['an option that does not exist', [eventInput, { retries: 5 }]],
    ['something for the signal', [eventInput, { signal: 'stop' }]],
  ])('%s is refused as by the other view', async (_what, args) => {
    const client = connect('ok');

    const error = failureOf(() => Reflect.apply(client.createEvent, client, args));
    const create: unknown = Reflect.apply(client.async.createEvent, client.async, args);
    const other = await Promise.resolve(create).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(honeyhive.HoneyHiveError);
    expect(JSON.stringify(error)).toBe(JSON.stringify(other));
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const throwing = {
    get text(): string {
      throw new Error('not today');
    },
  };

  test.each<[string, unknown]>([
    ['a date', new Date(5)],
    ['an invalid date', new Date(NaN)],
    ['a URL', new URL('http://example.com')],
    ['a buffer', Buffer.from('abc')],
    ['functions', { run: () => 1, list: [() => 1] }],
    ['undefined', { nothing: undefined, list: [undefined] }],
    ['a symbol', Symbol('x')],
    ['a big integer', 5n],
    ['a map', new Map([['key', new Set([1])]])],
    ['an error', new Error('rate limit reached')],
    ['a cycle', cyclic],
    ['a getter that throws', throwing],
  ])('%s is sent as by the other view', async (_what, value) => {
    const client = connect('size');
    const input = { ...eventInput, event_id: 'e', start_time: 0, inputs: { value } };

    const sent = client.createEvent(input);
    const other = await client.async.createEvent(input);

    expect(sent).toHaveProperty('bytes', other['bytes']);
    expect(JSON.stringify(sent.inputs)).toBe(JSON.stringify(other.inputs));
  });

  test('of ten megabytes goes there, and as much comes back', () => {
    const text = 'x'.repeat(10 * 1024 * 1024);

    const sent = connect('size').createEvent({ ...eventInput, inputs: { text } });
    const read = connect('large/10').getEvent('e');

    expect(sent['bytes']).toBeGreaterThan(text.length);
    expect(read.outputs).toHaveLength((10 * 1024 * 1024) / 2);
  });
});

describe('options', () => {
  test('are checked where the client is made', () => {
    const error = failureOf(() => new HoneyHiveSync({ timeout: 0, baseUrl: 'x' }));

    expect(error).toBeInstanceOf(honeyhive.HoneyHiveConfigError);
    expect(error).toHaveProperty('problems.length', 2);
  });

  test('reach the worker, those of the call too', () => {
    const client = connect('size', { headers: { 'x-team': 'care' } });

    const sent = client.createEvent(eventInput, { headers: { 'x-call': '1' } });

    expect(sent['headers']).toMatchObject({
      authorization: 'Bearer secret-key',
      'x-team': 'care',
      'x-call': '1',
    });
  });

  test('retries are made while the caller waits', () => {
    const event = connect('flaky', { maxRetries: 2 }).createEvent(eventInput);

    expect(event).toMatchObject({ event_id: 'e' });
  });

  test('a function that redacts is run by the caller', () => {
    const seen: unknown[] = [];
    const client = connect('ok', {
      redact(event) {
        seen.push(event['inputs']);
        return { ...event, inputs: { text: '…', at: new URL('http://a/') } };
      },
    });

    const event = client.createEvent({ ...eventInput, inputs: { text: 'private' } });

    expect(seen).toEqual([{ text: 'private' }]);
    expect(event.inputs).toEqual({ text: '…', at: 'http://a/' });
  });

  test('a function that redacts and throws keeps the event here', () => {
    const client = connect('ok', {
      redact() {
        throw new RangeError('cannot');
      },
    });

    const error = failureOf(() => client.createEvent(eventInput));

    expect(error).toBeInstanceOf(honeyhive.HoneyHiveValidationError);
    expect(error).toMatchObject({ message: expect.stringContaining('RangeError') });
  });

  test('a function that redacts cannot call the client that waits for it', () => {
    const failures: unknown[] = [];
    const client: HoneyHiveSync = connect('ok', {
      redact(event) {
        failures.push(failureOf(() => client.getHealth()));
        return event;
      },
    });

    client.createEvent(eventInput);

    expect(failures).toMatchObject([{ name: 'HoneyHiveError', code: 'nested_call' }]);
  });

  test('a logger hears of a call before it returns', () => {
    const lines: string[] = [];
    const logger = {
      debug: () => undefined,
      info: (message: string) => lines.push(message),
      warn: (message: string) => lines.push(message),
    };
    const client = connect('ok', { logger, verbose: true });

    client.createEvent(eventInput);

    expect(lines.join()).toContain('createEvent answered 200');
  });

  test('a logger cannot call the client that it hears of, and fails no call', () => {
    const failures: unknown[] = [];
    const info = () => {
      const failure = failureOf(() => client.getHealth());
      failures.push(failure);
      throw failure;
    };
    const logger = { debug: info, info, warn: info };
    const client: HoneyHiveSync = connect('ok', { logger, verbose: true });

    const event = client.createEvent(eventInput);

    expect(event.event_id).toBe('e');
    expect(failures).toContainEqual(expect.objectContaining({ code: 'nested_call' }));
    expect(client.createEvent(eventInput).event_id).toBe('e');
  });

  test('without a logger, the lines are written before the call returns', async () => {
    const program = `
      import { HoneyHiveSync } from 'honeyhive/sync';
      new HoneyHiveSync({ apiKey: 'k', baseUrl: '${url}/ok', verbose: true }).getHealth();
      process.exit();
    `;

    const child = startChild(process.execPath, ['--input-type=module', '-e', program]);
    await child.exited;

    expect(child.output()).toContain('getHealth answered 200');
  });

  test('a tracer gets a span for each request', () => {
    const seen: unknown[] = [];
    const tracerInstance = {
      startSpan(name: string) {
        seen.push(name);
        return {
          setAttribute: (...pair: unknown[]) => seen.push(pair),
          setStatus: () => undefined,
          end: () => seen.push('end'),
        };
      },
    };

    connect('ok', { tracerInstance }).createEvent(eventInput);

    expect(seen).toEqual(['POST', ['http.response.status_code', 200], 'end']);
  });

  test('rules that redact are followed by the worker', () => {
    const client = connect('ok', { redact: { paths: ['inputs.text'], patterns: [/\d{4}/] } });

    const event = client.createEvent({ ...eventInput, inputs: { text: 'a', pin: 'is 1234' } });

    expect(event.inputs).toEqual({ text: '[redacted]', pin: 'is [redacted]' });
  });
});

describe('time', () => {
  test.each([
    ['stall', { timeout: 0.3 }, 'total'],
    ['stall', { timeout: 20, readTimeout: 0.5 }, 'headers'],
    ['stall-in-body', { timeout: 20, readTimeout: 0.5 }, 'body'],
  ])('after %s with %j is up, and says which: %s', (behaviour, options, which) => {
    const startedAt = performance.now();

    const error = failureOf(() => connect(behaviour, options).createEvent(eventInput));

    expect(error).toBeInstanceOf(honeyhive.HoneyHiveTimeoutError);
    expect(error).toMatchObject({ which });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  test('a signal that has aborted ends the call before it begins', () => {
    const reason = { why: 'stop' };

    const error = failureOf(() =>
      connect('ok').createEvent(eventInput, { signal: AbortSignal.abort(reason) }),
    );

    expect(error).toBeInstanceOf(honeyhive.HoneyHiveAbortedError);
    expect((error as Error).cause).toBe(reason);
  });
});

describe('the worker', () => {
  const run = async (death: string) => {
    const preload = join(folder, 'end-worker.mjs');
    const args = ['--import', preload, '--max-old-space-size=64', join(folder, 'victim.mjs')];
    const child = startChild(process.execPath, [...args, `${url}/stall-once/${death}`], {
      env: { DEATH: death, HAS_ARRIVED: `${url}/has-stalled/${death}` },
    });
    const { code } = await child.exited;
    if (code !== 0) throw new Error(child.output());
    return { calls: JSON.parse(child.stdout()) as unknown };
  };

  test.each([
    ['exit', 'the worker ended', 20_000],
    ['throw', 'thrown in the worker', 20_000],
    ['reject-later', 'rejected in the worker', 20_000],
    ['run-out-of-memory', expect.any(String), 60_000],
    ['block-for-ever', 'the worker does not respond', 60_000],
  ])(
    'that dies of %s in a call ends the call; the next one has another',
    async (death, cause, ms) => {
      const { calls } = await run(death);

      expect(calls).toMatchObject([
        { name: 'HoneyHiveConnectionError', code: 'worker_lost', mayHaveArrived: true, cause },
        { value: 'e' },
      ]);
      expect(calls).toHaveProperty(
        '0.ms',
        expect.toSatisfy((took: number) => took < ms),
      );
    },
  );
});

describe('close', () => {
  test('ends the client; a second time does nothing', () => {
    const client = connect('ok');
    client.createEvent(eventInput);

    client.close();
    client.close();

    const error = failureOf(() => client.createEvent(eventInput));
    expect(error).toBeInstanceOf(honeyhive.HoneyHiveClosedError);
    expect(failureOf(() => client.getHealth())).toBeInstanceOf(honeyhive.HoneyHiveClosedError);
  });

  test('is what using calls, for a client that was never used too', () => {
    const left: HoneyHiveSync[] = [];
    {
      using client = connect('ok');
      left.push(client);
    }

    expect(failureOf(() => left[0]?.getHealth())).toBeInstanceOf(honeyhive.HoneyHiveClosedError);
  });
});

describe('the other view', () => {
  test('has the same options, and is one', async () => {
    const client = connect('size', { headers: { 'x-team': 'care' }, project: 'shop' });

    const event = await client.async.createEvent(eventInput);

    expect(client.async).toBe(client.async);
    expect(client.async).toBeInstanceOf(HoneyHive);
    expect(client).toMatchObject({ project: 'shop', baseUrl: client.async.baseUrl });
    expect(event['headers']).toMatchObject({ 'x-team': 'care' });
  });

  test('leads back, and is closed with the first', async () => {
    const client = new HoneyHive({ apiKey: 'key', baseUrl: `${url}/ok` });
    const sync = HoneyHiveSync.of(client);

    expect(sync).toBeInstanceOf(HoneyHiveSync);
    expect(HoneyHiveSync.of(client)).toBe(sync);
    expect(sync.async).toBe(client);
    expect(sync.createEvent(eventInput)).toMatchObject({ event_id: 'e' });

    await client.close();

    expect(failureOf(() => sync.getHealth())).toBeInstanceOf(honeyhive.HoneyHiveClosedError);
  });
});
