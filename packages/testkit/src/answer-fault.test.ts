import { operations } from 'honeyhive-wire';
import { expect, test } from 'vitest';
import { faultOfAnswer, faultOfLiveEvent } from './answer-fault.ts';

const answer = (body: unknown, { status = 200, headers = {} } = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
  body,
});
const updated = { success: true, event_id: 'e1' };

test.each([
  ['all keys', answer({ ...updated, held: true }), null],
  [
    'a key beyond them',
    answer({ ...updated, other: 1 }),
    'updateEvent does not list the key other',
  ],
  ['a header beyond them', answer(updated, { headers: { 'x-new': '1' } }), 'the header x-new'],
  ['a status beyond them', answer(updated, { status: 201 }), 'the status 201'],
  ['a key too few', answer({ success: true }), 'event_id'],
  ['an error that the operation has', answer({}, { status: 404 }), null],
  ['an error that it has not', answer({}, { status: 410 }), 'the status 410'],
] as const)('an answer with %s', (_what, given, fault) => {
  const found = faultOfAnswer(operations.updateEvent, given);

  if (fault === null) expect(found).toBeNull();
  else expect(found).toContain(fault);
});

test('a key inside a list is found, one of free-form data is allowed', () => {
  const page = {
    events: [{ event_id: 'e', session_id: 's', inputs: { any: 1 } }],
    totalEvents: 1,
    count: 1,
  };
  const [event] = page.events;

  expect(faultOfAnswer(operations.exportEvents, answer(page))).toBeNull();
  expect(
    faultOfAnswer(operations.exportEvents, answer({ ...page, events: [{ ...event, any: 1 }] })),
  ).toBe('exportEvents does not list the key events.0.any');
});

test('the events of a stream are held to their shapes', () => {
  expect(faultOfLiveEvent('listening', { time: 1 })).toBeNull();
  expect(faultOfLiveEvent('listening', { time: 1, key: 'k' })).toContain('key');
  expect(faultOfLiveEvent('other', {})).toContain('other');
});
