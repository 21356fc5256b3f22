import { SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';

/** Runs the function with a tracer of the OpenTelemetry SDK, and ends once all of its spans were exported. */
export async function traced(exporter: SpanExporter, run: (tracer: Tracer) => void): Promise<void> {
  const provider = new BasicTracerProvider();
  provider.addSpanProcessor(new SimpleSpanProcessor(exporter));
  run(provider.getTracer('shop', '2.1.0'));
  await provider.forceFlush();
  await provider.shutdown();
}

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
  await traced(new ProtobufExporter({ url: `http://127.0.0.1:${port}/v1/traces` }), (tracer) =>
    answerQuestion(tracer, 'captured'),
  );
  await new Promise((resolve) => server.close(resolve));
  return bodies;
}
