import { createOperationCaller, freePort, startChild, startService } from 'honeyhive-testkit';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startFakeOpenAi, usage } from './fake-openai.ts';

const grpcPort = await freePort();
const service = await startService({ env: { HH_GRPC_PORT: String(grpcPort) } });
const provider = await startFakeOpenAi();
afterAll(async () => {
  provider.stop();
  await service.stop();
});
const api = createOperationCaller(service);

/** The program of `npm run test:interop`. */
function findPython(): string {
  const path = process.env['INTEROP_OPENAI_PYTHON'];
  if (path === undefined) throw new Error('these tests are run by `npm run test:interop`');
  return path;
}

/** Runs the chat to its end; the id of its trace. */
async function runChat(env: Readonly<Record<string, string>>): Promise<string> {
  const child = startChild(findPython(), [join(import.meta.dirname, 'logged_chat.py')], {
    env: {
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${service.key}`,
      OTEL_EXPORTER_OTLP_INSECURE: 'true',
      PROVIDER_URL: provider.url,
      ...env,
    },
  });
  const { code } = await child.exited;
  expect([code, code === 0 || child.output()]).toEqual([0, true]);
  // Exporters say what they were refused.
  expect(child.output()).not.toMatch(/fail|error|404/i);
  const said = JSON.parse(child.stdout().trim().split('\n').at(-1) ?? '') as { trace_id: string };
  return said.trace_id;
}

const http = {
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_EXPORTER_OTLP_ENDPOINT: service.url,
};
const grpc = {
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${grpcPort}`,
};
const latest = { OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental' };
const content = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

test.each([
  [
    'message by message, before the span, over HTTP',
    { ...http, [content]: 'true', LOGS_FIRST: '1' },
  ],
  [
    'message by message, after the span, over gRPC',
    { ...grpc, [content]: 'true', LOGS_FIRST: '0' },
  ],
  [
    'as a whole, before the span, over gRPC',
    { ...grpc, ...latest, [content]: 'EVENT_ONLY', LOGS_FIRST: '1' },
  ],
  [
    'as a whole, after the span, over HTTP',
    { ...http, ...latest, [content]: 'EVENT_ONLY', LOGS_FIRST: '0' },
  ],
  ['in the span, too', { ...http, ...latest, [content]: 'SPAN_AND_EVENT', LOGS_FIRST: '1' }],
])("OpenTelemetry's instrumentation of OpenAI logs a conversation: %s", async (_how, env) => {
  const trace = await runChat(env);

  const { events } = await api.ok('exportEvents', {
    body: {
      filters: [
        { field: 'metadata.trace_id', operator: 'is', value: trace },
        { field: 'event_type', operator: 'is', value: 'model' },
      ],
    },
  });
  expect(events).toMatchObject([
    {
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather in Oslo?' },
        ],
      },
      outputs: { role: 'assistant', finish_reason: 'tool_calls' },
      metadata: {
        prompt_tokens: usage.call.prompt_tokens,
        completion_tokens: usage.call.completion_tokens,
        finish_reason: 'tool_calls',
      },
    },
  ]);
  expect(JSON.stringify(events[0]?.['outputs'])).toContain('call_1');
});
