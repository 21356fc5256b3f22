// OpenInference's instrumentation of openai, with its own spans for a chain and a tool: a tool, a streamed answer, and
// a call that fails, and an embedding.
import { setSession, setUser, traceChain, traceTool } from '@arizeai/openinference-core';
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import OpenAI from 'openai';

const { PROVIDER_URL, SESSION_ID } = process.env;
const traces = new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
});
traces.register();
new OpenAIInstrumentation().manuallyInstrument(OpenAI);

const client = new OpenAI({ baseURL: PROVIDER_URL, apiKey: 'none', maxRetries: 0 });
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tools = [{ type: 'function', function: { name: 'weather', parameters } }];
const weather = traceTool(({ city }) => ({ city, celsius: 7 }), { name: 'weather' });

const answer = traceChain(
  async (question) => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: question },
    ];
    const called = await client.chat.completions.create({ model: 'gpt-4o', messages, tools });
    const { message } = called.choices[0];
    const [call] = message.tool_calls;
    const result = JSON.stringify(weather(JSON.parse(call.function.arguments)));
    const answered = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [...messages, message, { role: 'tool', tool_call_id: call.id, content: result }],
      tools,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    for await (const { choices } of answered) text += choices[0]?.delta.content ?? '';
    await client.chat.completions.create({ model: 'gone', messages }).catch(() => {});
    const embedding = {
      model: 'text-embedding-3-small',
      input: question,
      encoding_format: 'float',
    };
    await client.embeddings.create(embedding);
    return text;
  },
  { name: 'answer' },
);

const session = setSession(context.active(), { sessionId: SESSION_ID });
await context.with(setUser(session, { userId: 'u1' }), () => answer('Weather in Oslo?'));
await traces.shutdown();
