import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import * as errors from './errors.ts';

const samples = {
  HoneyHiveError: new errors.HoneyHiveError('x', { code: 'x' }),
  HoneyHiveConfigError: new errors.HoneyHiveConfigError(['a is wrong'], 'invalid_options'),
  HoneyHiveConnectionError: new errors.HoneyHiveConnectionError('x', {
    code: 'x',
    mayHaveArrived: true,
  }),
  HoneyHiveTimeoutError: new errors.HoneyHiveTimeoutError('x', {
    which: 'total',
    limitMs: 5,
    elapsedMs: 6,
  }),
  HoneyHiveAbortedError: new errors.HoneyHiveAbortedError('x', { cause: 'stop' }),
  HoneyHiveAPIError: new errors.HoneyHiveAPIError('x', { statusCode: 500, response: null }),
  HoneyHiveAuthenticationError: new errors.HoneyHiveAuthenticationError('x', {
    statusCode: 401,
    response: null,
  }),
  HoneyHiveNotFoundError: new errors.HoneyHiveNotFoundError('x', {
    statusCode: 404,
    response: null,
  }),
  HoneyHiveValidationError: new errors.HoneyHiveValidationError('x', {
    statusCode: 400,
    response: null,
  }),
  HoneyHiveRateLimitError: new errors.HoneyHiveRateLimitError('x', {
    statusCode: 429,
    response: null,
    retryAfter: 3,
  }),
  HoneyHiveProtocolError: new errors.HoneyHiveProtocolError('x', {
    path: 'a.b',
    expected: 'a string',
  }),
  HoneyHiveClosedError: new errors.HoneyHiveClosedError('x'),
};
type Name = keyof typeof samples;
const names = Object.keys(samples) as Name[];

/** What each class is, beside a HoneyHiveError and itself. */
const parents: Partial<Record<Name, Name>> = {
  HoneyHiveTimeoutError: 'HoneyHiveConnectionError',
  HoneyHiveAuthenticationError: 'HoneyHiveAPIError',
  HoneyHiveNotFoundError: 'HoneyHiveAPIError',
  HoneyHiveValidationError: 'HoneyHiveAPIError',
  HoneyHiveRateLimitError: 'HoneyHiveAPIError',
};

describe('error classes', () => {
  test('are those that the package exports', () => {
    const exported = Object.keys(errors).filter((name) => name.startsWith('HoneyHive'));

    expect(exported.toSorted()).toEqual(names.toSorted());
  });

  test.each(names)('%s is what it is, and nothing else', (name) => {
    const is = names.filter((other) => samples[name] instanceof errors[other]);

    const expected: Name[] = ['HoneyHiveError', name, ...(parents[name] ? [parents[name]] : [])];
    expect(is.toSorted()).toEqual([...new Set(expected)].toSorted());
    expect(samples[name]).toBeInstanceOf(Error);
    expect(samples[name].name).toBe(name);
    expect(samples[name].code).toMatch(/^[a-z0-9_]+$/);
    expect(inspect(samples[name])).toContain(name);
  });

  test('know the errors of another copy of the package', async () => {
    vi.resetModules();
    const copy = await import('./errors.ts');
    const error = new copy.HoneyHiveRateLimitError('x', {
      statusCode: 429,
      response: null,
      retryAfter: 1,
    });

    expect(copy.HoneyHiveError).not.toBe(errors.HoneyHiveError);
    expect(error).toBeInstanceOf(errors.HoneyHiveRateLimitError);
    expect(error).toBeInstanceOf(errors.HoneyHiveAPIError);
    expect(error).not.toBeInstanceOf(errors.HoneyHiveNotFoundError);
  });

  test('leave classes that an application derives to themselves', () => {
    class OwnError extends errors.HoneyHiveAPIError {}
    const own = new OwnError('x', { statusCode: 500, response: null });

    expect(own).toBeInstanceOf(errors.HoneyHiveAPIError);
    expect(own).toBeInstanceOf(OwnError);
    expect(samples.HoneyHiveAPIError).not.toBeInstanceOf(OwnError);
    expect(undefined).not.toBeInstanceOf(errors.HoneyHiveError);
  });

  test('print as JSON what is safe to log', () => {
    const cause = new errors.HoneyHiveClosedError('gone', { cause: new TypeError('deep') });
    const error = new errors.HoneyHiveRateLimitError('slow down', {
      statusCode: 429,
      response: { status: 429, headers: { 'set-cookie': 'secret' }, body: 'secret' },
      issues: [{ field: 'a', message: 'b' }],
      requestId: 'req-1',
      retryAfter: 2.5,
      retryable: true,
      cause,
    });

    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'HoneyHiveRateLimitError',
      code: 'http_429',
      message: 'slow down',
      retryable: true,
      requestId: 'req-1',
      cause: {
        name: 'HoneyHiveClosedError',
        code: 'closed',
        message: 'gone',
        retryable: false,
        cause: { name: 'TypeError', message: 'deep' },
      },
      statusCode: 429,
      issues: [{ field: 'a', message: 'b' }],
      retryAfter: 2.5,
    });
    expect(JSON.stringify(samples.HoneyHiveAbortedError)).toContain('"cause":{"name":"string"}');
  });
});
