import { expect, test } from 'vitest';
import { Problem, invalid } from '../domain/problem.ts';
import { toRejectionText } from './rejection-text.ts';

const names = new Set(['event', 'events', 'event_type', 'inputs', 'session', 'content-type']);
const textOf = (problem: Problem): string => toRejectionText(problem, (name) => names.has(name));
const issue = (field: string, message: string) => invalid([{ field, message }]);

test.each([
  [
    issue('event.event_type', 'expected one of "model"|"tool", got "SECRET"'),
    'event.event_type: expected one of "model"|"tool"',
  ],
  [
    issue('events[3].event_type', 'expected string, received number'),
    'events[3].event_type: expected string',
  ],
  [issue('event.SECRET', 'unknown key: not allowed here'), 'event.…: unknown key'],
  [issue('event["SECRET@example.com"]', 'unknown key: not allowed here'), 'event.…: unknown key'],
  [issue('event["SEC\\"]RET"].x', 'expected string'), 'event.….…: expected string'],
  [issue('event.inputs', '"SECRET" is unknown'), 'event.inputs: not as it should be'],
  [issue('event.inputs', 'expected a time; got SECRET'), 'event.inputs: expected a time'],
  [issue('', 'expected object, received string'), 'request: expected object'],
  [
    invalid(Array.from({ length: 9 }, () => ({ field: 'event', message: 'expected object' }))),
    'event: expected object; event: expected object; event: expected object (and 6 more)',
  ],
  [
    new Problem(
      'invalid_json',
      `body: is not JSON: Unexpected token 'S', "SECRET" is not valid JSON`,
    ),
    'The body is not JSON.',
  ],
  [
    new Problem(
      'invalid_json',
      `body: is not JSON: Expected ',' in JSON at position 17 (line 1 column 18)`,
    ),
    'The body is not JSON, from character 17 on.',
  ],
  [new Problem('invalid_json', 'body: is not valid UTF-8.'), 'The body is not valid UTF-8.'],
  [new Problem('invalid_json', 'body: expected a JSON object, got nothing.'), 'The body is empty.'],
  [new Problem('unauthenticated', 'The API key is unknown.'), 'The API key is unknown.'],
  [
    new Problem('unsupported_media_type', 'content-type: got SECRET.', {
      issues: [{ field: 'content-type', message: 'expected application/json' }],
    }),
    'content-type: expected application/json',
  ],
])('tells why, and nothing of the sender: %s', (problem, expected) => {
  expect(textOf(problem)).toBe(expected);
});

test('an unknown path is reported as advice', () => {
  const text = textOf(new Problem('not_found', 'There is no POST /SECRET.'));

  expect(text).not.toContain('SECRET');
  expect(text.length).toBeGreaterThan(10);
});
