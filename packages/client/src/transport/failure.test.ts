import { describe, expect, test } from 'vitest';
import * as errors from '../errors/errors.ts';
import { toFailure } from './failure.ts';

const read = (cause: unknown) =>
  toFailure({
    cause,
    operation: 'getEvent',
    origin: 'https://a.example',
    elapsedMs: 12,
    limits: { connectMs: 10_000, writeMs: 10_000, readMs: 30_000 },
  });
const coded = (code: string, more: object = {}) =>
  Object.assign(new Error('low level'), { code, ...more });

describe('toFailure', () => {
  test.each([
    ['ECONNREFUSED', 'connection_refused', false, true],
    ['ENOTFOUND', 'dns_failed', false, true],
    ['EAI_AGAIN', 'dns_failed', false, true],
    ['EHOSTUNREACH', 'network_unreachable', false, true],
    ['ECONNRESET', 'connection_reset', true, true],
    ['UND_ERR_SOCKET', 'connection_reset', true, true],
    ['ETIMEDOUT', 'connection_reset', true, true],
    ['CERT_HAS_EXPIRED', 'tls_failed', false, false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed', false, false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed', false, false],
    ['EPROTO', 'tls_failed', false, false],
    ['ESOMETHING', 'connection_failed', true, true],
  ])('makes of %s the code %s', (low, code, mayHaveArrived, retryable) => {
    const cause = coded(low);
    const error = read(cause);

    expect(error).toBeInstanceOf(errors.HoneyHiveConnectionError);
    expect(error).toMatchObject({ code, mayHaveArrived, retryable, cause });
    expect(error.message).toMatch(/^getEvent: could not reach https:\/\/a\.example: /);
  });

  test.each([
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'connect', 10_000, false],
    [coded('ETIMEDOUT', { syscall: 'connect' }), 'connect', 10_000, false],
    [coded('UND_ERR_HEADERS_TIMEOUT'), 'headers', 30_000, true],
    [coded('UND_ERR_BODY_TIMEOUT'), 'body', 30_000, true],
  ])('makes of %o a time-out of the phase %s', (cause, which, limitMs, mayHaveArrived) => {
    const error = read(cause);

    expect(error).toBeInstanceOf(errors.HoneyHiveTimeoutError);
    expect(error).toMatchObject({ which, limitMs, elapsedMs: 12, mayHaveArrived, retryable: true });
    expect(error.message).toContain(which === 'connect' ? 'connectionTimeout' : 'readTimeout');
  });

  test.each([
    [
      Object.assign(new Error('low level'), { name: 'HTTPParserError' }),
      errors.HoneyHiveProtocolError,
    ],
    [coded('UND_ERR_RES_EXCEEDED_MAX_SIZE'), errors.HoneyHiveProtocolError],
    [coded('UND_ERR_CLOSED'), errors.HoneyHiveClosedError],
    [coded('UND_ERR_DESTROYED'), errors.HoneyHiveClosedError],
    ['just text', errors.HoneyHiveConnectionError],
    [undefined, errors.HoneyHiveConnectionError],
  ])('makes of %o a %o', (cause, errorClass) => {
    expect(read(cause)).toBeInstanceOf(errorClass);
  });

  test('passes on what is one of our errors already', () => {
    const own = new errors.HoneyHiveClosedError('gone');

    expect(read(own)).toBe(own);
  });
});
