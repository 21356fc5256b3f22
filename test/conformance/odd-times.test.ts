import { buildEvent } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { buildExport, buildSpan } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const hourMs = 3_600_000;
const odd = [
  ['of seconds', () => 1_760_000_000, '1970-01-21'],
  ['of microseconds', () => 1_760_000_000_000_000, '+057742'],
  ['two days ahead', () => Date.now() + 48 * hourMs, 'ahead'],
] as const;

test.each(odd)('a start %s is stored, with a warning', async (_name, make, shown) => {
  const start_time = make();
  const warning = { field: 'start_time', message: textWith(shown) };
  const build = () => buildEvent({ session_id: randomUUID(), start_time });
  const event = build();

  const alone = await api.ok('createEvent', { body: { event } });
  const batch = await api.ok('createEventBatch', { body: { events: [buildEvent(), build()] } });
  const session = await api.ok('startSession', { body: { session: { start_time } } });
  const { events } = await api.ok('exportEvents', {
    body: { filters: [{ field: 'event_id', operator: 'is', value: event.event_id }] },
  });

  expect(alone.warnings).toEqual([warning]);
  expect(batch.warnings).toEqual([{ index: 1, ...warning }]);
  expect(session.warnings).toEqual([warning]);
  expect(events).toMatchObject([{ start_time }]);
});

test('an end that is set later has a warning, too', async () => {
  const { event_id } = await api.ok('createEvent', { body: { event: buildEvent() } });

  const updated = await api.ok('updateEvent', { body: { event_id, end_time: 1_760_000_000 } });

  expect(updated.warnings).toEqual([{ field: 'end_time', message: textWith('before 2000') }]);
});

test('spans with such times are stored, and the answer says so', async () => {
  const span = buildSpan({}, { startTimeUnixNano: '1760000000', endTimeUnixNano: '1760000001' });

  const answer = await api.ok('exportTraces', { body: buildExport([buildSpan(), span]) });

  expect(answer.partialSuccess).toEqual({
    rejectedSpans: '0',
    errorMessage: textWith('spans[1]: stored as 1970-01-01'),
  });
});

test('usual times have no warning, in whichever form', async () => {
  for (const start_time of [Date.now(), new Date(Date.now() + hourMs).toISOString(), undefined]) {
    const event = buildEvent({ start_time });
    expect(await api.ok('createEvent', { body: { event } })).not.toHaveProperty('warnings');
  }
  expect(await api.ok('exportTraces', { body: buildExport([buildSpan()]) })).toEqual({});
});

test.each(['03/29/2026 10:00', '2026-02-30', 'noon'])('refuses the time %s', async (start_time) => {
  const refusal = await api.refused('createEvent', 400, {
    body: { event: buildEvent({ start_time }) },
  });

  expect(refusal.issues).toMatchObject([{ field: textWith('start_time') }]);
});
