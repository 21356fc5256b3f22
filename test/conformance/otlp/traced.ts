import { SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter1 } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter1 } from '@opentelemetry/exporter-trace-otlp-proto';
import * as sdk1 from '@opentelemetry/sdk-trace-base';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPTraceExporter as JsonExporter2 } from 'opentelemetry-2-exporter-http';
import { OTLPTraceExporter as ProtobufExporter2 } from 'opentelemetry-2-exporter-proto';
import * as sdk2 from 'opentelemetry-2-sdk';

export interface ExporterOptions {
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly isCompressed?: boolean;
}

/** What became of the export of one span. */
interface ExportResult {
  readonly code: number;
  readonly error?: Error;
}

/** One version of the OpenTelemetry SDK with its exporter. */
export interface Sender {
  readonly name: string;
  /** Runs the function with a tracer, and ends once all of its spans were exported. */
  trace(options: ExporterOptions, run: (tracer: Tracer) => void): Promise<readonly ExportResult[]>;
}

interface Provider {
  getTracer(name: string, version: string): Tracer;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** An exporter of either version: it hands what it exported to a function. */
interface Exporter<Spans> {
  export(spans: Spans, done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
}

interface Sdk<Spans> {
  readonly makeExporter: (options: ReturnType<typeof toSdkOptions>) => Exporter<Spans>;
  readonly makeProvider: (exporter: Exporter<Spans>) => Provider;
}

/** `CompressionAlgorithm.GZIP`; the enumerations of both versions have it. */
const toSdkOptions = ({ isCompressed = false, ...options }: ExporterOptions) => ({
  ...options,
  ...(isCompressed ? { compression: 'gzip' as never } : {}),
});

function createSender<Spans>(name: string, { makeExporter, makeProvider }: Sdk<Spans>): Sender {
  return {
    name,
    async trace(options, run) {
      const results: ExportResult[] = [];
      const exporter = makeExporter(toSdkOptions(options));
      const provider = makeProvider({
        export: (spans, done) =>
          exporter.export(spans, (result) => {
            results.push(result);
            done(result);
          }),
        shutdown: () => exporter.shutdown(),
      });
      run(provider.getTracer('shop', '2.1.0'));
      // Version 2 rejects with what the exporter reported, version 1 does not: callers look at the results.
      await Promise.allSettled([provider.forceFlush()]);
      await provider.shutdown();
      return results;
    },
  };
}

const makeProvider1 = (exporter: Exporter<sdk1.ReadableSpan[]>): Provider =>
  new sdk1.BasicTracerProvider({ spanProcessors: [new sdk1.SimpleSpanProcessor(exporter)] });

const makeProvider2 = (exporter: Exporter<sdk2.ReadableSpan[]>): Provider =>
  new sdk2.BasicTracerProvider({ spanProcessors: [new sdk2.SimpleSpanProcessor(exporter)] });

const protobuf1 = createSender('protobuf of version 1', {
  makeExporter: (options) => new ProtobufExporter1(options),
  makeProvider: makeProvider1,
});

/** The last version 1, which many programs still have, and the newest that runs on Node.js 20. */
export const senders: readonly Sender[] = [
  createSender('JSON of version 1', {
    makeExporter: (options) => new JsonExporter1(options),
    makeProvider: makeProvider1,
  }),
  protobuf1,
  createSender('JSON of version 2', {
    makeExporter: (options) => new JsonExporter2(options),
    makeProvider: makeProvider2,
  }),
  createSender('protobuf of version 2', {
    makeExporter: (options) => new ProtobufExporter2(options),
    makeProvider: makeProvider2,
  }),
];

/** A request to a model inside another span, which fails in its second call. */
export function answerQuestion(tracer: Tracer, name: string): void {
  const root = tracer.startSpan(name, { attributes: { 'shop.order': 17, 'shop.paid': true } });
  const inside = trace.setSpan(context.active(), root);
  const call = tracer.startSpan(
    'chat gpt-4o',
    {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.request.temperature': 0.25,
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.prompt.0.content': 'Where is my order?',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.content': 'It arrives tomorrow.',
      },
    },
    inside,
  );
  call.end();
  // Two that begin in the same millisecond have no order.
  const failed = tracer.startSpan('track parcel', { startTime: Date.now() + 20 }, inside);
  failed.recordException(new TypeError('no such parcel'));
  failed.setStatus({ code: SpanStatusCode.ERROR });
  failed.end(Date.now() + 25);
  root.end(Date.now() + 30);
}

/** What the exporter for protobuf sends for {@link answerQuestion}. */
export async function captureProtobuf(): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      response.setHeader('content-type', 'application/x-protobuf').end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await protobuf1.trace({ url: `http://127.0.0.1:${port}/v1/traces` }, (tracer) =>
    answerQuestion(tracer, 'captured'),
  );
  await new Promise((resolve) => server.close(resolve));
  return bodies;
}
