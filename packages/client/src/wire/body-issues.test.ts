import { expect, test } from 'vitest';
import { findBodyIssues } from './body-issues.ts';

const event = { session_id: 's', event_type: 'tool', event_name: 'n' };

test.each(['noon', '', '  ', '2026-13-45'])('%j is no time for an event to start', (start_time) => {
  expect(findBodyIssues('createEvent', { ...event, start_time })).toMatchObject([
    { field: 'start_time' },
  ]);
  expect(findBodyIssues('startSession', { end_time: start_time })).toMatchObject([
    { field: 'end_time' },
  ]);
});

test.each(['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01 10:00', '1750000000000', 5, null])(
  '%j may be one',
  (start_time) => {
    expect(findBodyIssues('createEvent', { ...event, start_time })).toEqual([]);
  },
);

test('a project may be named by whatever it likes', () => {
  expect(findBodyIssues('createProject', { name: 'a', start_time: 'noon' })).toEqual([]);
});
