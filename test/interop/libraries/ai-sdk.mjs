// The AI SDK with its OpenTelemetry integration: a tool, a streamed answer, and a call that fails.
import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { generateText, registerTelemetry, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const { PROVIDER_URL, SESSION_ID } = process.env;
const traces = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
traces.register();
// The session and the user are in the spans only with `runtimeContext`.
registerTelemetry(new OpenTelemetry({ runtimeContext: true }));

const openai = createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'none' });
const weather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: 7 }),
});
const shared = {
  instructions: 'Be brief.',
  prompt: 'Weather in Oslo?',
  maxRetries: 0,
  runtimeContext: { sessionId: SESSION_ID, userId: 'u1' },
  telemetry: { functionId: 'answer', includeRuntimeContext: { sessionId: true, userId: true } },
};

const { text } = streamText({
  ...shared,
  model: openai.chat('gpt-4o'),
  tools: { weather },
  stopWhen: stepCountIs(3),
});
await text;
await generateText({ ...shared, model: openai.chat('gone') }).catch(() => {});
await traces.shutdown();
