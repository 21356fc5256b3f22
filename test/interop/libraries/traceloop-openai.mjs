// Traceloop's SDK with its instrumentation of openai: a tool, a streamed answer, a call that fails, and an embedding.
import * as traceloop from '@traceloop/node-server-sdk';
import { setImmediate } from 'node:timers/promises';
import OpenAI from 'openai';

const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, PROVIDER_URL, SESSION_ID } =
  process.env;
const [, authorization] = decodeURIComponent(OTEL_EXPORTER_OTLP_HEADERS).split('authorization=');
traceloop.initialize({
  appName: 'shop',
  baseUrl: OTEL_EXPORTER_OTLP_ENDPOINT,
  headers: { authorization },
  instrumentModules: { openAI: OpenAI },
  silenceInitializationMessage: true,
  traceloopSyncEnabled: false,
});

const client = new OpenAI({ baseURL: PROVIDER_URL, apiKey: 'none', maxRetries: 0 });
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tools = [{ type: 'function', function: { name: 'weather', parameters } }];
/** Its span and that of the next call begin in different milliseconds, which is all that spans of Node tell. */
async function weather(city) {
  for (const now = Date.now(); Date.now() === now;) await setImmediate();
  return { city, celsius: 7 };
}

async function answer(question) {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: question },
  ];
  const called = await client.chat.completions.create({ model: 'gpt-4o', messages, tools });
  const { message } = called.choices[0];
  const [call] = message.tool_calls;
  const { city } = JSON.parse(call.function.arguments);
  const result = await traceloop.withTool({ name: 'weather' }, weather, city);
  const answered = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [
      ...messages,
      message,
      { role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) },
    ],
    tools,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = '';
  for await (const { choices } of answered) text += choices[0]?.delta.content ?? '';
  await client.chat.completions.create({ model: 'gone', messages }).catch(() => {});
  await client.embeddings.create({
    model: 'text-embedding-3-small',
    input: question,
    encoding_format: 'float',
  });
  return text;
}

const associations = { session_id: SESSION_ID, user_id: 'u1' };
await traceloop.withAssociationProperties(associations, () =>
  traceloop.withWorkflow({ name: 'answer' }, answer, 'Weather in Oslo?'),
);
await traceloop.forceFlush();
