// Langfuse 5, which is a processor of OpenTelemetry spans.
export const packages = [
  '@langfuse/tracing@5.11.1',
  '@langfuse/otel@5.11.1',
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/core@2.9.0',
  '@opentelemetry/sdk-trace-base@2.9.0',
  '@opentelemetry/sdk-trace-node@2.9.0',
  '@opentelemetry/exporter-trace-otlp-http@0.220.0',
];
export const answers = [
  { path: /^\/api\/public\/otel\/v1\/traces$/, body: '{"partialSuccess":{}}' },
];

export async function open({ url, sessionId, load }) {
  const { LangfuseSpanProcessor } = await load('@langfuse/otel');
  const { startObservation } = await load('@langfuse/tracing');
  const { NodeTracerProvider } = await load('@opentelemetry/sdk-trace-node');
  const processor = new LangfuseSpanProcessor({ publicKey: 'b', secretKey: 'b', baseUrl: url });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const root = startObservation('bench', { metadata: { sessionId } });
  return {
    log({ event_name, config, inputs, outputs, metadata }) {
      const { prompt_tokens: input, completion_tokens: output } = metadata;
      const values = {
        model: config.model,
        modelParameters: { temperature: config.temperature },
        input: inputs,
        output: outputs,
        usageDetails: { input, output, total: input + output },
        metadata,
      };
      root.startObservation(event_name, values, { asType: 'generation' }).end();
    },
    flush: () => processor.forceFlush(),
    async close() {
      root.end();
      await provider.shutdown();
    },
  };
}
