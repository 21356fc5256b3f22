// The AI SDK with its OpenTelemetry integration: a tool, a streamed answer, a call that fails, and an embedding.
import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { embed, generateText, registerTelemetry, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const { PROVIDER_URL, SESSION_ID } = process.env;
const traces = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
traces.register();
// Without these, spans have no session, no user, and no text and vector of an embedding.
registerTelemetry(new OpenTelemetry({ runtimeContext: true, embedding: true }));

const openai = createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'none' });
const weather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: 7 }),
});
const traced = {
  runtimeContext: { sessionId: SESSION_ID, userId: 'u1' },
  telemetry: { functionId: 'answer', includeRuntimeContext: { sessionId: true, userId: true } },
};
const shared = { ...traced, instructions: 'Be brief.', prompt: 'Weather in Oslo?', maxRetries: 0 };

const { text } = streamText({
  ...shared,
  model: openai.chat('gpt-4o'),
  tools: { weather },
  stopWhen: stepCountIs(3),
});
await text;
await generateText({ ...shared, model: openai.chat('gone') }).catch(() => {});
const model = openai.embedding('text-embedding-3-small');
await embed({ ...traced, model, value: 'Weather in Oslo?' });
await traces.shutdown();
