import { createOperationCaller, startChild, startService } from 'honeyhive-testkit';
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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
  const session_id = `chat of ${program}`;
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

test.each(libraries)(
  'the chat of $program is one session: tree, messages, tool, tokens, error',
  async (library) => {
    const session = await runProgram(library.program, library.installed);
    const [call, answer, failed] = pick('model', session.children);
    const tool = pick('tool', session.children).find(({ event_name }) =>
      /weather/.test(event_name),
    );
    const counted = library.lacks === undefined ? [usage.call, usage.answer] : [usage.call];
    const sum = (name: keyof typeof usage.call) =>
      counted.reduce((total, { [name]: tokens }) => total + tokens, 0);

    expect(outline(session.children)).toEqual(library.tree);
    expect(session).toMatchObject({
      user_properties: { user_id: 'u1' },
      metadata: {
        prompt_tokens: sum('prompt_tokens'),
        completion_tokens: sum('completion_tokens'),
        total_tokens: sum('total_tokens'),
      },
    });
    expect(call).toMatchObject({
      config: { model: 'gpt-4o', provider: 'openai' },
      inputs: { chat_history: library.history, tools: [{ type: 'function' }] },
      outputs: library.called,
      metadata: { prompt_tokens: usage.call.prompt_tokens },
    });
    expect(tool).toMatchObject({ inputs: library.toolInputs, outputs: library.toolOutputs });
    expect(answer).toMatchObject({
      inputs: { chat_history: { length: library.history.length + 2 } },
      outputs: { role: 'assistant', content: 'It is 7 degrees.' },
    });
    expect(answer?.metadata?.['time_to_first_token_ms']).toEqual(
      library.hasFirstToken ? expect.any(Number) : undefined,
    );
    expect(JSON.stringify(answer?.inputs)).toMatch(/call_1.*celsius/);
    expect(failed?.error ?? 'not sent').toMatch(
      library.lacks === undefined ? /There is no model gone/ : /^not sent$/,
    );
  },
);
