// The AI SDK before version 7, whose spans are its own: a tool, a streamed answer, a call that fails, and an embedding.
import { createOpenAI } from '@ai-sdk/openai';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { embed, generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const { PROVIDER_URL, SESSION_ID } = process.env;
const traces = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
traces.register();

const openai = createOpenAI({ baseURL: PROVIDER_URL, apiKey: 'none' });
const weather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => ({ city, celsius: 7 }),
});
const metadata = { sessionId: SESSION_ID, userId: 'u1' };
const traced = { experimental_telemetry: { isEnabled: true, functionId: 'answer', metadata } };
const shared = { ...traced, system: 'Be brief.', prompt: 'Weather in Oslo?', maxRetries: 0 };

const { text } = streamText({
  ...shared,
  model: openai.chat('gpt-4o'),
  tools: { weather },
  stopWhen: stepCountIs(3),
});
await text;
await generateText({ ...shared, model: openai.chat('gone') }).catch(() => {});
const model = openai.textEmbeddingModel('text-embedding-3-small');
await embed({ ...traced, model, value: 'Weather in Oslo?' });
await traces.shutdown();
