import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { createRedact } from '../policy/redact.ts';
import { toApiError } from './api-error.ts';
import type { ErrorResponse } from './api-error.ts';

const now = Date.UTC(2026, 0, 1);
const read = (response: Partial<ErrorResponse>, secret = 'my-secret-key') =>
  toApiError(
    { operation: 'createEvent', status: 400, headers: {}, body: '', ...response },
    { now, redact: createRedact([secret]) },
  );

describe('toApiError', () => {
  test.each([
    [400, errors.HoneyHiveValidationError],
    [401, errors.HoneyHiveAuthenticationError],
    [403, errors.HoneyHiveAuthenticationError],
    [404, errors.HoneyHiveNotFoundError],
    [409, errors.HoneyHiveAPIError],
    [422, errors.HoneyHiveValidationError],
    [429, errors.HoneyHiveRateLimitError],
    [500, errors.HoneyHiveAPIError],
    [503, errors.HoneyHiveAPIError],
  ])('makes of a %i a %o', (status, errorClass) => {
    const error = read({ status });

    expect(Object.getPrototypeOf(error)).toBe(errorClass.prototype);
    expect(error).toMatchObject({ statusCode: status, code: `http_${status}` });
  });

  test('takes message, code and issues from the body', () => {
    const body = {
      statusCode: 400,
      message: 'inputs: expected an object',
      success: false,
      errorCode: 'invalid_request',
      issues: [{ field: 'inputs', message: 'expected an object' }],
    };

    const error = read({ body: JSON.stringify(body), headers: { 'x-request-id': 'req-7' } });

    expect(error.message).toBe('createEvent: the service answered 400: inputs: expected an object');
    expect(error).toMatchObject({
      code: 'invalid_request',
      errorCode: 'invalid_request',
      issues: body.issues,
      requestId: 'req-7',
      retryable: false,
      response: { status: 400, body },
    });
  });

  test.each([
    ['<html>Bad gateway</html>', 'createEvent: the service answered 502'],
    ['{"error": "upstream is away"}', 'createEvent: the service answered 502: upstream is away'],
    ['[1, 2]', 'createEvent: the service answered 502'],
    ['', 'createEvent: the service answered 502'],
  ])('makes do with the body %s', (body, message) => {
    expect(read({ status: 502, body })).toMatchObject({ message, retryable: true, issues: [] });
  });

  test('names fields as the caller knows them, not as they are wrapped', () => {
    const fields = ['event.inputs', 'event', 'events[0].x', 'eventual.y', ''];
    const body = JSON.stringify({ issues: fields.map((field) => ({ field, message: 'no' })) });

    const { issues } = read({ status: 400, body, wrapper: 'event' });

    expect(issues.map(({ field }) => field)).toEqual([
      'inputs',
      'event',
      'events[0].x',
      'eventual.y',
      '',
    ]);
  });

  test.each([
    [{ 'retry-after': '12' }, 12],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT' }, 3],
    [{}, null],
  ])('reads from %j how long to wait', (headers, retryAfter) => {
    expect(read({ status: 429, headers })).toMatchObject({ retryAfter, retryable: true });
  });

  test.each([
    [401, 'check apiKey or HH_API_KEY'],
    [404, 'check the id or name, and that the key belongs to its project'],
    [413, 'send less in one request'],
    [301, 'it sends callers to https://b.example/; set baseUrl to that'],
  ])('says after a %i what to do next', (status, step) => {
    const error = read({ status, headers: { location: 'https://b.example/' } });

    expect(error.message).toBe(`createEvent: the service answered ${status}; ${step}`);
  });

  test('shows no key that the service sent back', () => {
    const body = '{"message": "unknown key my-secret-key", "got": ["Bearer my-secret-key"]}';

    const error = read({ status: 401, body, headers: { 'x-echo': 'my-secret-key' } });

    expect(JSON.stringify([error, error.message, error.response])).not.toContain('my-secret-key');
  });
});
