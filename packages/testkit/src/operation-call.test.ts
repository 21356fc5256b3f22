import { expect, test } from 'vitest';
import { faultOfErrorBody, fillPath } from './operation-call.ts';

test('fills the parameters of a path, encoded', () => {
  expect(fillPath('/v1/sessions/{session_id}/events/batch', { session_id: 'a/b c' })).toBe(
    '/v1/sessions/a%2Fb%20c/events/batch',
  );
  expect(() => fillPath('/events/{event_id}')).toThrow('event_id');
});

const body = { statusCode: 404, message: 'gone', success: false, errorCode: 'not_found' };

test.each([
  ['as the contract has it', body, null],
  ['with issues', { ...body, issues: [{ field: 'a', message: 'b' }] }, null],
  ['with another status', { ...body, statusCode: 400 }, 'statusCode 400 under status 404'],
  ['that claims success', { ...body, success: true }, 'success is not false'],
  ['without a message', { ...body, message: '' }, 'no message'],
  ['with its own code', { ...body, errorCode: 'lost' }, 'no known errorCode'],
  ['with no entry in issues', { ...body, issues: [] }, 'issues is not a list with entries'],
  [
    'with half an issue',
    { ...body, issues: [{ field: 'a' }] },
    'an issue without field and message',
  ],
  ['that is text', 'gone', 'not an object'],
])('judges an error body %s', (_name, value, fault) => {
  expect(faultOfErrorBody(404, value)).toBe(fault);
});
