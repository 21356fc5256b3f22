import { Metadata } from '@grpc/grpc-js';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createKey, createOperationCaller, freePort, startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { connect } from 'node:http2';
import { once } from 'node:events';
import { callGrpc, frame } from './otlp/grpc-call.ts';
import { answerQuestion, captureProtobuf } from './otlp/traced.ts';

const grpcPort = await freePort();
const maxBodyBytes = 100_000;
const service = await startService({
  env: { HH_GRPC_PORT: String(grpcPort), HH_MAX_BODY_BYTES: String(maxBodyBytes) },
});
afterAll(() => service.stop());
const api = createOperationCaller(service);
const authorization = { authorization: `Bearer ${service.key}` };
const [span = Buffer.alloc(0)] = await captureProtobuf();

function exporterOptions(compression: CompressionAlgorithm, key = service.key) {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${key}`);
  return { url: `http://127.0.0.1:${grpcPort}`, metadata, compression };
}

/** Exports spans with the exporter of OpenTelemetry. @returns the code of each result: 0 is success */
async function exportSpans(name: string, exporter: OTLPTraceExporter): Promise<number[]> {
  const codes: number[] = [];
  const processor = new SimpleSpanProcessor({
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        codes.push(result.code);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  answerQuestion(provider.getTracer('shop', '2.1.0'), name);
  await provider.forceFlush();
  await provider.shutdown();
  return codes;
}

const named = async (name: string) => {
  const filters = [{ field: 'event_name', operator: 'is', value: name }];
  return (await api.ok('exportEvents', { body: { filters } })).events;
};

test.each([CompressionAlgorithm.NONE, CompressionAlgorithm.GZIP])(
  'the exporter of OpenTelemetry for gRPC stores its spans, %s',
  async (compression) => {
    const name = `grpc ${randomUUID()}`;

    const codes = await exportSpans(name, new OTLPTraceExporter(exporterOptions(compression)));

    const [root] = (await named(name)).filter((event) => event['event_type'] !== 'session');
    const session_id = String(root?.['session_id']);
    const { children } = await api.ok('getSessionTree', { params: { session_id } });
    expect(codes).toEqual([0, 0, 0]);
    expect(children).toMatchObject([
      {
        event_name: name,
        children: [{ event_name: 'chat gpt-4o' }, { error: 'TypeError: no such parcel' }],
      },
    ]);
  },
);

test('the exporter of OpenTelemetry for logs stores its records', async () => {
  const session = randomUUID();
  const exporter = new OTLPLogExporter(exporterOptions(CompressionAlgorithm.GZIP));
  const provider = new LoggerProvider();
  provider.addLogRecordProcessor(new SimpleLogRecordProcessor(exporter));
  const attributes = { 'event.name': 'codex.user_prompt', 'conversation.id': session };
  provider.getLogger('codex').emit({ attributes });
  await provider.forceFlush();
  await provider.shutdown();

  const { children } = await api.ok('getSessionTree', { params: { session_id: session } });
  expect(children).toMatchObject([{ event_name: 'user_prompt' }]);
});

describe('a key in the metadata', () => {
  test.each([
    ['is required', '', '16'],
    ['has to be known', 'Bearer hh_wrong', '16'],
  ])('%s', async (_what, key, code) => {
    const answer = await callGrpc(grpcPort, [frame(span)], { headers: { authorization: key } });

    expect(answer).toMatchObject({ status: 200, code });
  });

  test('has to allow writing', async () => {
    const { key } = await createKey(service.dataDir, { access: 'read' });
    const headers = { authorization: `Bearer ${key}` };

    expect(await callGrpc(grpcPort, [frame(span)], { headers })).toMatchObject({ code: '7' });
  });

  test('is read before the message, however much of that is announced', async () => {
    const headers = { authorization: 'Bearer hh_wrong' };
    const begun = frame(span, { length: maxBodyBytes });

    const answer = await callGrpc(grpcPort, [begun], { headers, isEnded: false });

    expect(answer).toMatchObject({ status: 200, code: '16' });
  });
});

describe('a message', () => {
  const send = (pieces: readonly Buffer[], isEnded = true) =>
    callGrpc(grpcPort, pieces, { headers: { ...authorization, 'grpc-encoding': 'gzip' }, isEnded });

  test('may come byte by byte', async () => {
    const bytes = [...frame(span)].map((byte) => Buffer.from([byte]));

    expect(await send(bytes)).toEqual({
      status: 200,
      code: '0',
      message: '',
      body: Buffer.alloc(0),
    });
  });

  test('that is empty is an empty request', async () => {
    expect(await send([frame(Buffer.alloc(0))])).toMatchObject({ code: '0' });
  });

  test.each([
    ['that is missing', [], 'incomplete'],
    ['that ends early', [frame(span, { length: span.length + 1 })], 'incomplete'],
    ['that is followed by another one', [frame(span), frame(span)], 'more than one message'],
    ['that is no protobuf', [frame(Buffer.from('0aff', 'hex'))], 'ExportTraceServiceRequest'],
    ['that is not compressed as it says', [frame(span, { flag: 1 })], 'gzip'],
    [
      'that decompresses to too much',
      [frame(gzipSync(Buffer.alloc(maxBodyBytes + 1)), { flag: 1 })],
      '100000',
    ],
    ['that is too large', [frame(Buffer.alloc(maxBodyBytes + 1))], '100000'],
  ])('%s is refused', async (_what, pieces, message) => {
    const answer = await send(pieces);

    expect(answer).toMatchObject({ status: 200, code: '3' });
    expect(answer.message).toContain(message);
  });

  test('that is too large is refused before it is sent', async () => {
    const begun = frame(Buffer.alloc(10), { length: 4_000_000_000 });

    expect(await send([begun], false)).toMatchObject({ code: '3' });
  });
});

test('metrics are answered with a partial success', async () => {
  const path = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';
  const put = (field: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]);
  const message = put(1, put(2, put(2, put(7, put(1, Buffer.alloc(0))))));

  const answer = await callGrpc(grpcPort, [frame(message)], { headers: authorization, path });

  expect(answer.code).toBe('0');
  expect(answer.body.toString()).toContain('metrics are not stored');
});

test('other methods and other content are refused', async () => {
  const path = '/grpc.health.v1.Health/Check';
  const json = { 'content-type': 'application/json' };

  expect(await callGrpc(grpcPort, [frame(span)], { path })).toMatchObject({ code: '12' });
  expect(await callGrpc(grpcPort, [span], { headers: json })).toMatchObject({ status: 415 });
});

test('an idle connection does not delay the end of the service', async () => {
  const port = await freePort();
  const other = await startService({ env: { HH_GRPC_PORT: String(port) } });
  const session = connect(`http://127.0.0.1:${port}`);
  await once(session, 'connect');
  const closed = once(session, 'close');

  const exit = await other.stop();
  await closed;

  expect(exit.code).toBe(0);
});
