import { describe, expect, test } from 'vitest';
import {
  HoneyHiveAbortedError,
  HoneyHiveAPIError,
  HoneyHiveClosedError,
  HoneyHiveConfigError,
  HoneyHiveConnectionError,
  HoneyHiveProtocolError,
} from '../errors/errors.ts';
import type { Issue } from '../errors/errors.ts';
import { decideAfterFailure, toVerdict } from './verdict.ts';

const answered = (statusCode: number, retryAfter?: string, issues: Issue[] = []) =>
  new HoneyHiveAPIError('refused', {
    statusCode,
    issues,
    response: {
      status: statusCode,
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      body: '',
    },
  });
const decide = (error: unknown, events = 10, attempts = 1) =>
  decideAfterFailure(error, { events, attempts }, 0);

test('the service names the events that it did not store', () => {
  const verdict = toVerdict({
    event_ids: ['a', 'c'],
    success: true,
    created_count: 2,
    failed_count: 1,
    events: [],
    errors: [{ index: 1, code: 'invalid_request', message: 'bad' }],
    unsampled_count: 1,
    unsampled: [3],
  });

  expect(verdict).toEqual({
    kind: 'settled',
    drops: new Map([
      [1, { reason: 'rejected', message: 'bad' }],
      [3, { reason: 'sampled_out', message: expect.stringContaining('sampling_rate') }],
    ]),
  });
});

describe('keeps everything', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('after %d', (status) => {
    expect(decide(answered(status))).toEqual({ kind: 'again', waitMs: null });
    expect(decide(answered(status, '7'))).toEqual({ kind: 'again', waitMs: 7000 });
  });

  test('after a broken connection, and after an answer that is none', () => {
    const options = { code: 'connection_reset', mayHaveArrived: true };
    const protocol = new HoneyHiveProtocolError('x', { path: '', expected: 'JSON' });

    expect(decide(new HoneyHiveConnectionError('x', options))).toMatchObject({ kind: 'again' });
    expect(decide(protocol)).toMatchObject({ kind: 'again' });
    expect(decide(new TypeError('x'))).toMatchObject({ kind: 'again' });
  });
});

describe('splits', () => {
  test('a batch that is too large, and sends smaller ones from then on', () => {
    expect(decide(answered(413))).toEqual({ kind: 'split', isTooLarge: true });
    expect(decide(answered(413), 1)).toMatchObject({
      kind: 'dropped',
      drop: { reason: 'too_large' },
    });
  });

  test('a batch that the service stumbles over again and again', () => {
    expect(decide(answered(500), 10, 3)).toEqual({ kind: 'split', isTooLarge: false });
    expect(decide(answered(500), 1, 30)).toMatchObject({ kind: 'again' });
    expect(decide(answered(503), 10, 30)).toMatchObject({ kind: 'again' });
  });

  test('a batch that was refused without a word about each event', () => {
    expect(decide(answered(400))).toEqual({ kind: 'split', isTooLarge: false });
    expect(decide(answered(422), 1)).toMatchObject({
      kind: 'dropped',
      drop: { reason: 'rejected' },
    });
  });
});

test('drops each event that a 400 names', () => {
  const issues = [
    { field: 'events[0].inputs', message: 'deep' },
    { field: 'events[0].outputs', message: 'deep' },
    { field: 'events[1]', message: 'no object' },
  ];

  expect(decide(answered(400, undefined, issues), 2)).toMatchObject({
    drops: new Map([
      [0, { reason: 'rejected', message: 'events[0].inputs: deep' }],
      [1, { reason: 'rejected', message: 'events[1]: no object' }],
    ]),
  });
  expect(decide(answered(400, undefined, issues), 3)).toMatchObject({ kind: 'split' });
});

test.each([301, 401, 403, 404, 405, 415])('drops all after %d', (status) => {
  expect(decide(answered(status))).toMatchObject({ kind: 'dropped', drop: { reason: 'refused' } });
});

test('drops all when there is no key, or the client is closed', () => {
  expect(decide(new HoneyHiveConfigError(['no key'], 'missing_api_key'))).toMatchObject({
    drop: { reason: 'refused' },
  });
  expect(decide(new HoneyHiveAbortedError('x', { cause: null }))).toMatchObject({
    drop: { reason: 'closed' },
  });
  expect(decide(new HoneyHiveClosedError('x'))).toMatchObject({ drop: { reason: 'closed' } });
});
