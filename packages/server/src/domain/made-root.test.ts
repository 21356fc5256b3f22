import { expect, test } from 'vitest';
import { buildStoredEvent } from '../store/testing/build-event.ts';
import { improveRoot, isMadeRoot, makeRoot, noteUpdated } from './made-root.ts';
import type { SpanOfSession } from './trace-span.ts';

const span = (more: Partial<SpanOfSession> = {}): SpanOfSession => ({
  spanId: 's',
  isFirst: false,
  sessionName: null,
  ...more,
});

const event = buildStoredEvent({ inputs: '{"value":"in"}', inputPreview: 'in', user: 'ann' });

test('a root is made after the first span that comes, and improved by one that is before it', () => {
  const made = makeRoot(event, span());
  const first = improveRoot(made, { ...event, eventName: 'first' }, span({ isFirst: true }));
  const later = improveRoot(first, { ...event, eventName: 'later' }, span({ spanId: 't' }));

  expect(made).toMatchObject({ eventName: 'chat', version: 0, user: 'ann', inputPreview: 'in' });
  expect(made.user_properties).toBe('{"user_id":"ann"}');
  expect(isMadeRoot(made)).toBe(true);
  expect(first).toMatchObject({ eventName: 'first', version: 1 });
  expect(later).toBe(first);
});

test('the name that a span gives the session is before those of first spans', () => {
  const made = makeRoot(event, span({ isFirst: true }));

  expect(improveRoot(made, event, span({ sessionName: 'given' })).eventName).toBe('given');
});

test('a root is called unknown only when its span has no name', () => {
  expect(makeRoot({ ...event, eventName: '' }, span()).eventName).toBe('unknown');
});

test('of long inputs the root has the preview only', () => {
  const inputs = JSON.stringify({ value: 'x'.repeat(70_000) });

  expect(makeRoot({ ...event, inputs }, span())).toMatchObject({
    inputs: '{}',
    inputPreview: 'in',
  });
});

test('what an update changed is not taken from spans any more', () => {
  const made = makeRoot(event, span());
  const updated = {
    ...made,
    inputs: '{"value":"corrected"}',
    origin: noteUpdated(made.origin, ['inputs', 'event_name', 'user_properties']),
  };

  const next = improveRoot(updated, { ...event, eventName: 'no' }, span({ isFirst: true }));

  expect(next).toMatchObject({ eventName: 'chat', inputs: '{"value":"corrected"}' });
});
