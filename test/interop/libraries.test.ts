import { createOperationCaller, startChild, startService } from 'honeyhive-testkit';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeOpenAi, usage } from './fake-openai.ts';
import { libraries } from './libraries.ts';

const [service, provider] = await Promise.all([startService(), startFakeOpenAi()]);
afterAll(async () => {
  provider.stop();
  await service.stop();
});
const api = createOperationCaller(service);

/** Where `npm run test:interop` installed something. */
function find(name: string): string {
  const path = process.env[name];
  if (path === undefined) throw new Error('these tests are run by `npm run test:interop`');
  return path;
}

/** The command of a program. Node finds packages from the folder of the program: it is copied there. */
function commandOf(program: string, installed: string): [string, string] {
  const path = join(import.meta.dirname, 'libraries', program);
  if (program.endsWith('.py')) return [find(installed), path];
  const copy = join(find(installed), basename(program));
  copyFileSync(path, copy);
  return [process.execPath, copy];
}

/** Runs a program to its end; the tree of the session that it names. */
async function runProgram(program: string, installed: string) {
  const session_id = `chat of ${program} in ${installed}`;
  const [command, path] = commandOf(program, installed);
  const child = startChild(command, [path], {
    env: {
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${service.key}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: service.url,
      PROVIDER_URL: provider.url,
      SESSION_ID: session_id,
    },
  });
  const { code } = await child.exited;
  expect([code, code === 0 || child.output()]).toEqual([0, true]);
  return api.ok('getSessionTree', { params: { session_id } });
}

type Tree = Awaited<ReturnType<typeof runProgram>>;
type Node = NonNullable<Tree['children']>[number];

/** Type and name of each event, indented by its depth. */
const outline = (nodes: readonly Node[] = [], indent = ''): string[] =>
  nodes.flatMap((node) => [
    `${indent}${node.event_type} ${node.event_name}`,
    ...outline(node.children, `${indent}  `),
  ]);

/** The events of a type, in the order of the tree. */
const pick = (type: string, nodes: readonly Node[] = []): Node[] =>
  nodes.flatMap((node) => [
    ...(node.event_type === type ? [node] : []),
    ...pick(type, node.children),
  ]);

describe.each(libraries)('a chat with $program in $installed', (library) => {
  const lacks = new Set(library.lacks);
  let session: Tree;
  let models: Node[];
  beforeAll(async () => {
    session = await runProgram(library.program, library.installed);
    models = pick('model', session.children);
  });

  test('is one session of its user, with its tree', () => {
    expect(outline(session.children)).toEqual(library.tree);
    expect(session.user_properties).toEqual({ user_id: 'u1' });
  });

  test('is a conversation, whose tool has arguments and a result', () => {
    const [call, answer] = models;
    const tool = pick('tool', session.children).find(({ event_name }) =>
      /weather|^ai.toolCall$/.test(event_name ?? ''),
    );

    expect(call).toMatchObject({
      config: {
        model: 'gpt-4o',
        ...(lacks.has('provider') ? {} : { provider: library.provider ?? 'openai' }),
      },
      inputs: { chat_history: library.history },
      outputs: library.called,
    });
    expect(call?.inputs?.['tools']).toEqual(lacks.has('tools') ? undefined : [expect.anything()]);
    expect(tool).toMatchObject({ inputs: library.toolInputs, outputs: library.toolOutputs });
    expect(answer).toMatchObject({
      inputs: { chat_history: { length: library.history.length + 2 } },
      outputs: { role: 'assistant', content: 'It is 7 degrees.' },
    });
    expect(JSON.stringify(answer?.inputs)).toMatch(
      lacks.has('ids of calls') ? /celsius/ : /call_1.*celsius/,
    );
  });

  test('counts each call of a model, and the tokens of the provider, once', () => {
    const calls = library.tree.filter((line) => line.includes('model ')).length;
    expect(session.metadata).toMatchObject({
      num_model_events: calls - (library.repeatedCalls ?? 0),
    });
    const counted = [
      usage.call,
      ...(lacks.has('usage of streams') ? [] : [library.streamUsage ?? usage.answer]),
      ...(library.hasEmbedding && !lacks.has('usage of embeddings') ? [usage.embedding] : []),
    ];
    const sum = (name: keyof typeof usage.call) =>
      counted.reduce((total, { [name]: tokens }) => total + tokens, 0);

    expect(models[0]?.metadata).toMatchObject({
      prompt_tokens: usage.call.prompt_tokens,
      completion_tokens: usage.call.completion_tokens,
    });
    expect(session.metadata).toMatchObject({
      prompt_tokens: sum('prompt_tokens'),
      completion_tokens: sum('completion_tokens'),
      total_tokens: sum('total_tokens'),
    });
  });

  test('has the time to the first token, and the error of the call that fails', () => {
    const failed = models.find(({ error }) => typeof error === 'string');

    expect(models[1]?.metadata?.['time_to_first_token_ms']).toEqual(
      lacks.has('first token') ? undefined : expect.any(Number),
    );
    expect(failed?.error ?? 'not sent').toMatch(
      lacks.has('failed calls') ? /^not sent$/ : /There is no model gone/,
    );
  });
});
