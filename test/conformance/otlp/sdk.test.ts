import { diag } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { textWith } from '../matching.ts';
import { openProject } from '../own-project.ts';
import { answerQuestion, senders } from './traced.ts';

const { api, url, key } = await openProject();

/** What the SDK says went wrong. */
function collectComplaints(): string[] {
  const complaints: string[] = [];
  diag.disable();
  const note = (...parts: unknown[]) => void complaints.push(parts.map(String).join(' '));
  diag.setLogger({ error: note, warn: note, info() {}, debug() {}, verbose() {} });
  return complaints;
}

test.each(
  senders.flatMap((sender) => [false, true].map((isCompressed) => ({ ...sender, isCompressed }))),
)(
  'the OpenTelemetry SDK exports $name, compressed: $isCompressed, and each span is an event',
  async ({ trace, isCompressed }) => {
    const complaints = collectComplaints();
    const name = `sdk ${randomUUID()}`;
    await trace(
      {
        url: `${url}/opentelemetry/v1/traces`,
        headers: { authorization: `Bearer ${key}` },
        isCompressed,
      },
      (tracer) => answerQuestion(tracer, name),
    );
    const { events } = await api.ok('exportEvents', {
      body: { filters: [{ field: 'event_name', operator: 'is', value: name }] },
    });
    const session_id = String(events[0]?.['session_id']);
    const tree = await api.ok('getSessionTree', { params: { session_id } });

    expect(complaints).toEqual([]);
    expect(tree).toMatchObject({
      session_name: name,
      event_count: 3,
      error_count: 1,
      metadata: { total_tokens: 17, num_model_events: 1 },
      children: [
        {
          event_type: 'tool',
          metadata: {
            'shop.order': 17,
            'shop.paid': true,
            scope: { name: 'shop', version: '2.1.0' },
            resource: { 'telemetry.sdk.language': 'nodejs' },
          },
          children: [
            {
              event_type: 'model',
              event_name: 'chat gpt-4o',
              config: { model: 'gpt-4o', provider: 'openai', temperature: 0.25 },
              inputs: { chat_history: [{ role: 'user', content: 'Where is my order?' }] },
              outputs: { role: 'assistant', content: 'It arrives tomorrow.' },
              metadata: { prompt_tokens: 12, completion_tokens: 5, finish_reasons: ['stop'] },
            },
            {
              event_name: 'track parcel',
              error: 'TypeError: no such parcel',
              metadata: {
                events: [{ name: 'exception', attributes: { 'exception.type': 'TypeError' } }],
              },
            },
          ],
        },
      ],
    });
  },
);

test.each(senders)('the SDK reports a wrong key, with $name', async ({ trace }) => {
  const results = await trace(
    { url: `${url}/v1/traces`, headers: { authorization: 'Bearer hh_wrong' } },
    (tracer) => tracer.startSpan('refused').end(),
  );

  expect(results).toMatchObject([{ code: 1, error: { code: 401, data: textWith('API key') } }]);
});
