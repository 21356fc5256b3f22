import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildExport, buildLogs, buildRecord, buildSpan, toAnyValue } from './otlp/spans.ts';
import { openProject } from './own-project.ts';

const { api, id: projectId, key, name, organisation, url } = await openProject();

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const newSpan = () => ({ traceId: hex(16), spanId: hex(8) });
const details = 'gen_ai.client.inference.operation.details';
const input = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }]);
const output = JSON.stringify([
  { role: 'assistant', parts: [{ type: 'text', content: 'hello' }], finish_reason: 'stop' },
]);
const conversation = { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output };
const sendSpan = (span: { traceId: string }, attributes = {}) =>
  api.ok('exportTraces', {
    body: buildExport([buildSpan({ 'gen_ai.operation.name': 'chat', ...attributes }, span)]),
  });
const sendLogs = (...records: readonly unknown[]) =>
  api.ok('exportLogs', { body: buildLogs(records) });

/** The event of a span. */
async function eventOf({ traceId, spanId }: { traceId: string; spanId: string }) {
  const { events } = await api.ok('exportEvents', {
    body: {
      filters: [
        { field: 'metadata.trace_id', operator: 'is', value: traceId },
        { field: 'metadata.span_id', operator: 'is', value: spanId },
        { field: 'event_type', operator: 'is', value: 'model' },
      ],
    },
  });
  expect(events).toHaveLength(1);
  return events[0] ?? {};
}

/** The events of a session, without its root. */
async function stepsOf(sessionId: string) {
  const { children: steps, ...root } = await api.ok('getSessionTree', {
    params: { session_id: sessionId },
  });
  return { root, steps };
}

const said = {
  inputs: { chat_history: [{ role: 'user', content: 'hi' }] },
  outputs: { role: 'assistant', content: 'hello', finish_reason: 'stop' },
};

describe('a log record of a model call joins the event of its span', () => {
  test.each(['/v1/logs', '/v1/logs/', '/opentelemetry/v1/logs', '/api/public/otel/v1/logs'])(
    'that arrived before, at %s',
    async (path) => {
      const span = newSpan();
      await sendSpan(span);
      const answer = await api.ok('exportLogs', {
        path,
        body: buildLogs([buildRecord(details, conversation, span)]),
      });

      expect(answer).toEqual({});
      expect(await eventOf(span)).toMatchObject({ ...said, metadata: { finish_reason: 'stop' } });
    },
  );

  test('that arrives later', async () => {
    const span = newSpan();
    await sendLogs(buildRecord(details, conversation, span));
    const held = await api.ok('countHeldUpdates', { params: { project_id: projectId } });
    await sendSpan(span);

    expect(held.count).toBe(1);
    expect(await eventOf(span)).toMatchObject(said);
  });

  test('once, however often it is sent', async () => {
    const span = newSpan();
    const record = buildRecord(details, conversation, span);
    await sendLogs(record, record);
    await sendSpan(span);
    await sendLogs(record);

    const logs = [{ name: details }];
    expect(await eventOf(span)).toMatchObject({ ...said, metadata: { logs } });
  });

  test('message by message, in several requests', async () => {
    const span = newSpan();
    const body = (fields: object) => ({ ...span, body: toAnyValue(fields) });
    const about = { 'gen_ai.system': 'openai' };
    await sendLogs(
      buildRecord('gen_ai.system.message', about, body({ content: 'Be brief.' })),
      buildRecord('gen_ai.user.message', about, body({ content: 'hi' })),
    );
    await sendSpan(span);
    const choice = (index: number, content: string) =>
      buildRecord(
        'gen_ai.choice',
        about,
        body({ index, finish_reason: 'stop', message: { role: 'assistant', content } }),
      );
    await sendLogs(choice(0, 'hello'));
    await sendLogs(choice(1, 'hi there'));

    expect(await eventOf(span)).toMatchObject({
      config: { provider: 'openai' },
      inputs: {
        chat_history: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'hi' },
        ],
      },
      outputs: { chat_history: [{ content: 'hello' }, { content: 'hi there', index: 1 }] },
    });
  });

  test.each([false, true])(
    'message by message and as a whole, the whole first: %s',
    async (isFirst) => {
      const span = newSpan();
      const fields = (body: object) => ({ ...span, body: toAnyValue(body) });
      const choice = { index: 0, finish_reason: 'stop', message: { content: 'hello' } };
      const whole = [
        buildRecord(details, { 'gen_ai.input.messages': input }, span),
        buildRecord(details, conversation, span),
      ];
      const parts = [
        buildRecord('gen_ai.user.message', {}, fields({ content: 'hi' })),
        buildRecord('gen_ai.choice', {}, fields(choice)),
      ];
      await sendSpan(span);
      for (const record of isFirst ? [...whole, ...parts] : [...parts, ...whole])
        await sendLogs(record);

      expect(await eventOf(span)).toMatchObject(said);
    },
  );

  test('and changes nothing that the span says itself', async () => {
    const span = newSpan();
    const own = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'own' }] }]);
    await sendLogs(buildRecord(details, { ...conversation, 'gen_ai.request.model': 'b' }, span));
    await sendSpan(span, { 'gen_ai.input.messages': own, 'gen_ai.request.model': 'a' });

    expect(await eventOf(span)).toMatchObject({
      config: { model: 'a' },
      inputs: { chat_history: [{ role: 'user', content: 'own' }] },
      outputs: said.outputs,
      metadata: { logs: [{ name: details, used: ['outputs'], inputs: said.inputs }] },
    });
  });

  test('an evaluation as a metric', async () => {
    const span = newSpan();
    await sendSpan(span);
    const attributes = {
      'gen_ai.evaluation.name': 'relevance',
      'gen_ai.evaluation.score.value': 0.8,
      'gen_ai.evaluation.explanation': 'on topic',
    };
    await sendLogs(buildRecord('gen_ai.evaluation.result', attributes, span));

    expect(await eventOf(span)).toMatchObject({
      metrics: { relevance: 0.8 },
      metadata: { logs: [{ name: 'gen_ai.evaluation.result', attributes }] },
    });
  });

  test('of the project that a key of the organisation names', async () => {
    const project = `logs ${randomUUID()}`;
    const span = newSpan();
    const resource = { 'honeyhive.project': project };
    await organisation.ok('exportLogs', {
      body: buildLogs([buildRecord(details, conversation, span)], resource),
    });
    await organisation.ok('exportTraces', {
      body: buildExport([buildSpan({ 'gen_ai.operation.name': 'chat' }, span)], resource),
    });

    const { events } = await organisation.ok('exportEvents', { body: { project, filters: [] } });
    expect(events.find((event) => event['event_type'] === 'model')).toMatchObject(said);
  });
});

test('a step whose session is in several projects costs no other record', async () => {
  const session_id = randomUUID();
  const projects = [`one ${session_id}`, `two ${session_id}`];
  for (const project of projects)
    await organisation.ok('startSession', { body: { session: { project, session_id } } });
  const span = newSpan();
  await sendSpan(span);
  const named = { ...conversation, 'honeyhive.project': name };

  const { partialSuccess } = await organisation.ok('exportLogs', {
    body: buildLogs([
      buildRecord(details, named, span),
      buildRecord('claude_code.user_prompt', { 'session.id': session_id, prompt: 'hi' }),
    ]),
  });

  expect(partialSuccess).toMatchObject({ rejectedLogRecords: '1' });
  expect(partialSuccess?.errorMessage).toContain(projects[0]);
  expect(await eventOf(span)).toMatchObject(said);
});

describe('log records of coding agents are steps of their session', () => {
  test('of Claude Code', async () => {
    const session = randomUUID();
    const record = (action: string, attributes: object) =>
      buildRecord(
        '',
        { 'session.id': session, 'event.name': action, 'user.id': 'ann', ...attributes },
        { body: { stringValue: `claude_code.${action}` } },
      );
    const records = [
      record('user_prompt', { prompt: 'Fix it.', prompt_length: 7 }),
      record('api_request', {
        model: 'claude-opus-4-5',
        input_tokens: 10,
        output_tokens: 20,
        cache_read_tokens: 100,
        cache_creation_tokens: 5,
        cost_usd: 0.25,
        duration_ms: 400,
      }),
      record('tool_result', {
        tool_name: 'Bash',
        tool_input: '{"command":"ls"}',
        success: 'false',
        error: 'not allowed',
        duration_ms: 30,
      }),
      record('tool_decision', { tool_name: 'Bash', decision: 'accept', source: 'config' }),
    ];
    expect(await sendLogs(...records)).toEqual({});
    await sendLogs(...records);

    const { root, steps } = await stepsOf(session);
    const named = (name: string) => steps.find((step) => step.event_name === name);
    expect(steps).toHaveLength(4);
    expect(root).toMatchObject({
      event_name: 'Claude Code',
      metadata: { total_tokens: 135, cost: 0.25 },
      inputs: { chat_history: [{ role: 'user', content: 'Fix it.' }] },
      user_properties: { user_id: 'ann' },
    });
    expect(named('api_request')).toMatchObject({
      event_type: 'model',
      duration: 400,
      end_time: 1_760_000_000_500,
      config: { model: 'claude-opus-4-5' },
      metadata: { prompt_tokens: 115, completion_tokens: 20, cost: 0.25 },
    });
    expect(named('Bash')).toMatchObject({
      event_type: 'tool',
      inputs: { command: 'ls' },
      error: 'not allowed',
    });
    expect(named('tool_decision')).toMatchObject({
      event_type: 'chain',
      metadata: { decision: 'accept', 'event.name': 'claude_code.tool_decision' },
    });
  });

  test('of Codex, whose streamed parts are left out', async () => {
    const session = randomUUID();
    const at = '2025-10-09T08:53:20.500Z';
    const record = (name: string, attributes: object) =>
      buildRecord(
        '',
        { 'event.name': name, 'conversation.id': session, 'event.timestamp': at, ...attributes },
        { timeUnixNano: '0' },
      );
    const answer = await sendLogs(
      record('codex.user_prompt', { prompt: '[REDACTED]', prompt_length: '9' }),
      record('codex.sse_event', { 'event.kind': 'response.output_text.delta' }),
      record('codex.sse_event', {
        'event.kind': 'response.completed',
        model: 'gpt-5',
        input_token_count: '110',
        output_token_count: '20',
        cached_token_count: 100,
      }),
      record('codex.tool_result', {
        tool_name: 'shell',
        call_id: 'c1',
        arguments: '{"command":["ls"]}',
        output: 'a.txt',
        duration_ms: '12',
        success: 'true',
      }),
    );

    const { root, steps } = await stepsOf(session);
    expect(answer).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } });
    expect(root).toMatchObject({ event_name: 'Codex' });
    expect(new Set(steps.map((step) => `${step.event_type} ${step.event_name}`))).toEqual(
      new Set(['chain user_prompt', 'model sse_event', 'tool shell']),
    );
    expect(steps.find((step) => step.event_type === 'model')).toMatchObject({
      end_time: Date.parse(at),
      metadata: { prompt_tokens: 110, completion_tokens: 20, cache_read_input_tokens: 100 },
    });
    expect(steps.find((step) => step.event_type === 'tool')).toMatchObject({
      inputs: { command: ['ls'] },
      outputs: { value: 'a.txt' },
      error: null,
      metadata: { tool_call_id: 'c1' },
    });
    expect(steps.find((step) => step.event_type === 'chain')).toMatchObject({
      inputs: {},
      metadata: { prompt: '[REDACTED]', prompt_length: '9' },
    });
  });

  test('of Gemini CLI', async () => {
    const session = randomUUID();
    const record = (action: string, attributes: object) =>
      buildRecord('', {
        'event.name': `gemini_cli.${action}`,
        'session.id': session,
        ...attributes,
      });
    await sendLogs(
      record('api_response', {
        model: 'gemini-3-pro',
        input_token_count: 8,
        output_token_count: 3,
        thoughts_token_count: 2,
        response_text: 'Done.',
        status_code: 200,
      }),
      record('api_error', { model: 'gemini-3-pro', error: 'quota', status_code: 429 }),
      record('tool_call', { function_name: 'read', function_args: '{"path":"a"}', success: true }),
    );

    const { steps } = await stepsOf(session);
    const named = (name: string) => steps.find((step) => step.event_name === name);
    expect(named('api_response')).toMatchObject({
      event_type: 'model',
      error: null,
      outputs: { role: 'assistant', content: 'Done.' },
      metadata: { prompt_tokens: 8, completion_tokens: 5, reasoning_tokens: 2 },
    });
    expect(named('api_error')).toMatchObject({ event_type: 'model', error: 'quota' });
    expect(named('read')).toMatchObject({ event_type: 'tool', inputs: { path: 'a' } });
  });
});

describe('what is not stored', () => {
  test('is counted, with the reasons', async () => {
    const span = newSpan();
    const at = 'resourceLogs[0].scopeLogs[0].logRecords';
    const answer = await sendLogs(
      buildRecord('', {}, { body: { stringValue: 'started' } }),
      buildRecord('app.ready'),
      buildRecord(details, conversation),
      buildRecord('claude_code.user_prompt', { prompt: 'x' }),
      buildRecord(details, conversation, span),
    );

    expect(answer).toEqual({
      partialSuccess: {
        rejectedLogRecords: '4',
        errorMessage:
          '4 of 5 log records were not stored. ' +
          `2: only events with names of gen_ai, claude_code, codex and gemini_cli are stored (${at}[0]); ` +
          `1: no trace id and span id (${at}[2]); 1: no session.id or conversation.id (${at}[3])`,
      },
    });
  });

  test('may be the whole of a request, which is no error', async () => {
    expect(await sendLogs(buildRecord('app.ready'))).toMatchObject({
      partialSuccess: { rejectedLogRecords: '1' },
    });
    expect(await api.ok('exportLogs', { body: {} })).toEqual({});
  });
});

test.each([CompressionAlgorithm.NONE, CompressionAlgorithm.GZIP])(
  'the exporter of OpenTelemetry for protobuf is answered in protobuf, %s',
  async (compression) => {
    const session = randomUUID();
    const headers = { authorization: `Bearer ${key}` };
    const exporter = new OTLPLogExporter({ url: `${url}/v1/logs`, headers, compression });
    const results: { code: number }[] = [];
    const provider = new LoggerProvider();
    provider.addLogRecordProcessor(
      new SimpleLogRecordProcessor({
        export: (records, done) =>
          exporter.export(records, (result) => {
            results.push(result);
            done(result);
          }),
        shutdown: () => exporter.shutdown(),
      }),
    );
    const logger = provider.getLogger('com.anthropic.claude_code.events', '2.0.0');
    const attributes = { 'event.name': 'user_prompt', 'session.id': session, prompt: 'Hello' };
    logger.emit({ body: 'claude_code.user_prompt', attributes });
    logger.emit({ body: 'not stored' });
    await provider.forceFlush();
    await provider.shutdown();

    const { steps } = await stepsOf(session);
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(steps).toMatchObject([
      {
        event_name: 'user_prompt',
        inputs: { chat_history: [{ role: 'user', content: 'Hello' }] },
        metadata: { scope: { name: 'com.anthropic.claude_code.events', version: '2.0.0' } },
      },
    ]);
  },
);
