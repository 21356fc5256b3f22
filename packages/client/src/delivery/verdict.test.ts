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
import { noteFailure, unsuspected, untried } from './suspicion.ts';
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

/** @param storedAt before which of the failures others were stored */
function decide(error: unknown, events = 10, failures = 1, storedAt: readonly number[] = []) {
  let tried = untried(events, unsuspected(0), false);
  let storedCount = 0;
  for (let failure = 1; failure <= failures; failure += 1) {
    storedCount += storedAt.includes(failure) ? 1 : 0;
    tried = noteFailure(tried, storedCount);
  }
  return decideAfterFailure(error, tried, 0);
}

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

  test('after a broken connection, and after an invalid response', () => {
    const options = { code: 'connection_reset', mayHaveArrived: true };
    const protocol = new HoneyHiveProtocolError('x', { path: '', expected: 'JSON' });

    expect(decide(new HoneyHiveConnectionError('x', options))).toMatchObject({ kind: 'again' });
    expect(decide(protocol)).toMatchObject({ kind: 'again' });
    expect(decide(new TypeError('x'))).toMatchObject({ kind: 'again' });
  });
});

describe('splits', () => {
  test('a batch that is too large, and sends smaller ones from then on', () => {
    expect(decide(answered(413))).toEqual({ kind: 'split', because: 'too_large' });
    expect(decide(answered(413), 1)).toMatchObject({
      kind: 'dropped',
      drop: { reason: 'too_large' },
    });
  });

  test('a batch that the service stumbles over again and again', () => {
    expect(decide(answered(500), 10, 3)).toEqual({ kind: 'split', because: 'failing' });
    expect(decide(answered(503), 10, 30)).toMatchObject({ kind: 'again' });
  });

  test.each([502, 504, 'no answer'])(
    'after %s, when others were stored or it continues',
    (what) => {
      const error = typeof what === 'number' ? answered(what) : new TypeError(what);

      expect(decide(error, 10, 9)).toMatchObject({ kind: 'again' });
      expect(decide(error, 10, 10)).toMatchObject({ kind: 'split' });
      expect(decide(error, 10, 3, [3])).toMatchObject({ kind: 'split' });
    },
  );

  test('a batch that was refused without a word about each event', () => {
    expect(decide(answered(400))).toEqual({ kind: 'split', because: 'invalid' });
    expect(decide(answered(422), 1)).toMatchObject({
      kind: 'dropped',
      drop: { reason: 'rejected' },
    });
  });
});

describe('an event that fails alone', () => {
  test('is set aside, and kept as long as nothing else is stored', () => {
    expect(decide(answered(500), 1, 4)).toMatchObject({ kind: 'again' });
    expect(decide(answered(500), 1, 5)).toEqual({ kind: 'aside' });
    expect(decide(answered(500), 1, 1000, [4, 8])).toEqual({ kind: 'aside' });
    expect(decide(new TypeError('x'), 1, 1000)).toEqual({ kind: 'aside' });
  });

  test('is dropped when it failed ten times, and others were stored in between again and again', () => {
    const drop = { reason: 'failed', message: expect.stringContaining('10 times') };

    expect(decide(answered(500), 1, 9, [2, 3, 4, 5])).toEqual({ kind: 'aside' });
    expect(decide(answered(500), 1, 10, [2, 5, 8])).toEqual({ kind: 'dropped', drop });
    expect(decide(answered(503), 1, 30, [2, 5, 8])).toMatchObject({ kind: 'again' });
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
