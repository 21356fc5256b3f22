import { diag } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { textWith } from '../matching.ts';
import { openProject } from '../own-project.ts';
import { answerQuestion, traced } from './traced.ts';

const { api, url, key } = await openProject();

const exporters = [
  ['JSON', JsonExporter],
  ['protobuf', ProtobufExporter],
] as const;

/** `CompressionAlgorithm.GZIP`. */
const gzip = 'gzip';

/** What the SDK says went wrong. */
function collectComplaints(): string[] {
  const complaints: string[] = [];
  diag.disable();
  const note = (...parts: unknown[]) => void complaints.push(parts.map(String).join(' '));
  diag.setLogger({ error: note, warn: note, info() {}, debug() {}, verbose() {} });
  return complaints;
}

test.each(
  exporters.flatMap(([name, Exporter]) =>
    [{}, { compression: gzip as never }].map((options) => [name, options, Exporter] as const),
  ),
)(
  'the OpenTelemetry SDK exports %s, %o, and each span is an event',
  async (_name, options, Exporter) => {
    const complaints = collectComplaints();
    const name = `sdk ${randomUUID()}`;
    const exporter = new Exporter({
      url: `${url}/opentelemetry/v1/traces`,
      headers: { authorization: `Bearer ${key}` },
      ...options,
    });

    await traced(exporter, (tracer) => answerQuestion(tracer, name));
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
            shop: { order: 17, paid: true },
            scope: { name: 'shop', version: '2.1.0' },
            resource: { telemetry: { sdk: { language: 'nodejs' } } },
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
                events: [{ name: 'exception', attributes: { exception: { type: 'TypeError' } } }],
              },
            },
          ],
        },
      ],
    });
  },
);

test.each(exporters)('the SDK tells of a wrong key, with %s', async (_name, Exporter) => {
  const exporter = new Exporter({
    url: `${url}/v1/traces`,
    headers: { authorization: 'Bearer hh_wrong' },
  });
  const failure = new Promise<unknown>((resolve) => {
    void traced(
      {
        export: (spans, done) =>
          exporter.export(spans, (result) => {
            resolve(result);
            done({ code: 0 });
          }),
        shutdown: () => exporter.shutdown(),
      },
      (tracer) => tracer.startSpan('refused').end(),
    );
  });

  expect(await failure).toMatchObject({
    code: 1,
    error: { code: 401, data: textWith('API key') },
  });
});
