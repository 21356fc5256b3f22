// OpenInference's instrumentation of langchain: an agent with a tool, and a call that fails.
import { setSession, setUser, traceChain } from '@arizeai/openinference-core';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import * as callbacks from '@langchain/core/callbacks/manager';
import { ChatOpenAI } from '@langchain/openai';
import { context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createAgent, tool } from 'langchain';
import { z } from 'zod';

const { PROVIDER_URL, SESSION_ID } = process.env;
const traces = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
traces.register();
new LangChainInstrumentation().manuallyInstrument(callbacks);

const openModel = (model) =>
  new ChatOpenAI({
    model,
    apiKey: 'none',
    maxRetries: 0,
    configuration: { baseURL: PROVIDER_URL },
  });
const weather = tool(({ city }) => JSON.stringify({ city, celsius: 7 }), {
  name: 'weather',
  description: 'The weather of a city.',
  schema: z.object({ city: z.string() }),
});
const agent = createAgent({
  model: openModel('gpt-4o'),
  tools: [weather],
  systemPrompt: 'Be brief.',
});

const answer = traceChain(
  async (question) => {
    await agent.invoke({ messages: [{ role: 'user', content: question }] });
    await openModel('gone')
      .invoke(question)
      .catch(() => {});
  },
  { name: 'answer' },
);
const session = setSession(context.active(), { sessionId: SESSION_ID });
await context.with(setUser(session, { userId: 'u1' }), () => answer('Weather in Oslo?'));
await traces.shutdown();
