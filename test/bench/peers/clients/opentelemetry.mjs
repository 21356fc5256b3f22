// OpenTelemetry's batch processor with OTLP as JSON; what an event holds goes into attributes as text.
export const packages = [
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/sdk-trace-node@2.9.0',
  '@opentelemetry/exporter-trace-otlp-http@0.220.0',
];
export const answers = [{ path: /^\/v1\/traces$/, body: '{"partialSuccess":{}}' }];

export async function open({ url, sessionId, load }) {
  const { NodeTracerProvider, BatchSpanProcessor } = await load('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await load('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` });
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('bench');
  return {
    log(event) {
      const { config, inputs, outputs, metadata } = event;
      const attributes = {
        'session.id': sessionId,
        'gen_ai.request.model': config.model,
        'gen_ai.usage.input_tokens': metadata.prompt_tokens,
        'gen_ai.usage.output_tokens': metadata.completion_tokens,
        'input.value': JSON.stringify(inputs),
        'output.value': JSON.stringify(outputs),
        metadata: JSON.stringify(metadata),
      };
      const span = tracer.startSpan(event.event_name, { startTime: event.start_time, attributes });
      span.end(event.start_time + event.duration);
    },
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
  };
}
