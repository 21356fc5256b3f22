import { types } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { fromErrorRecord, toErrorRecord } from './error-record.ts';

const travel = (thrown: unknown): unknown =>
  fromErrorRecord(structuredClone(toErrorRecord(thrown)));

const response = { status: 429, headers: { 'retry-after': '3' }, body: { message: 'slow' } };
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', port: 9 });

describe('an error in the other thread', () => {
  test.each<[string, errors.HoneyHiveError]>([
    ['config', new errors.HoneyHiveConfigError(['a', 'b'], 'invalid_options')],
    ['aborted', new errors.HoneyHiveAbortedError('x', { cause: 'stop' })],
    ['protocol', new errors.HoneyHiveProtocolError('x', { path: 'a.b', expected: 'text' })],
    ['closed', new errors.HoneyHiveClosedError('x')],
    [
      'timeout',
      new errors.HoneyHiveTimeoutError('x', { which: 'headers', limitMs: 5, elapsedMs: 6 }),
    ],
    [
      'rate limit',
      new errors.HoneyHiveRateLimitError('x', {
        statusCode: 429,
        response,
        retryAfter: 3,
        requestId: 'r',
        issues: [{ field: 'a', message: 'b' }],
      }),
    ],
    [
      'connection',
      new errors.HoneyHiveConnectionError('x', {
        code: 'connection_refused',
        cause: refused,
        mayHaveArrived: false,
      }),
    ],
  ])('%s: is of its class, with its fields and its cause', (_name, error) => {
    const copy = travel(error);

    expect(copy).toBeInstanceOf(error.constructor);
    expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(error));
    expect(types.isNativeError(copy)).toBe(true);
    expect(copy).toMatchObject({ message: error.message, stack: error.stack });
    expect(Object.entries(copy as Error)).toEqual(Object.entries(error));
    expect(JSON.stringify(copy)).toBe(JSON.stringify(error));
    expect((copy as Error).cause).toEqual(error.cause);
  });

  test('is of its class when the language has it', () => {
    expect(travel(new RangeError('x'))).toBeInstanceOf(RangeError);
  });

  test('keeps a name that nobody knows', () => {
    const error = travel(Object.assign(new Error('x'), { name: 'HTTPParserError', run: () => 1 }));

    expect(error).toMatchObject({ name: 'HTTPParserError', message: 'x', run: '() => 1' });
  });

  test('may be no error at all', () => {
    expect(travel('stop')).toBe('stop');
    expect(travel(undefined)).toBeUndefined();
  });

  test('ends, even when its cause is itself', () => {
    const error = new Error('x');
    error.cause = error;

    expect(travel(error)).toBeInstanceOf(Error);
  });
});
