import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createOperationCaller, startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockOutput } from './block-output.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = join(root, 'node_modules/.cache/docs-blocks');

/**
 * Commands that set the project up or start it: the end-to-end test runs them on a clean clone. Those that need the
 * data folder to themselves: packages/cli/src/transfer.process.test.ts runs them from this page, on a folder without a
 * service.
 */
const runElsewhere = [
  /^npm run honeyhive -- (export|import|backup|restore) /,
  /^npm start$/,
  /^HH_PORT=\d+ HH_DATA_DIR=\S+ npm start$/,
  /^npm run demo$/,
  /^export HH_API_(URL|KEY)=\S+$/,
  // test/ui/onboarding.test.ts sets those that the web UI shows, and runs an application with them.
  /^export OTEL_\w+=\S+$/,
];

interface Block {
  readonly file: string;
  readonly line: number;
  /** The heading above it. */
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

async function findBlocks(): Promise<Block[]> {
  const pages = ['README.md', 'CONTRIBUTING.md', 'packages/client/README.md'];
  for (const entry of await readdir(join(root, 'docs'), { recursive: true })) {
    if (entry.endsWith('.md') && !entry.startsWith('reference')) pages.push(join('docs', entry));
  }
  const blocks = await Promise.all(
    pages.map(async (file) => {
      const text = await readFile(join(root, file), 'utf8');
      return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
        ({ 1: language = '', 2: body = '', index }) => ({
          file,
          line: text.slice(0, index).split('\n').length,
          heading: /^#+ (.*)$(?![\s\S]*^#+ )/m.exec(text.slice(0, index))?.[1] ?? '',
          language,
          text: body,
        }),
      );
    }),
  );
  return blocks.flat();
}

const blocks = await findBlocks();
const placeOf = ({ file, heading }: Block): string => `${file} ${heading}`;
const named = (language: string): [string, Block][] =>
  blocks
    .filter((block) => block.language === language)
    .map((block) => [`${block.file}:${block.line} ${block.heading}`, block]);

/** Where a block is kept: as it is written, and compiled. */
const scriptOf = ({ file, line }: Block, ending: 'mts' | 'mjs'): string =>
  join(scratch, `${file.replaceAll('/', '-')}-${line}.${ending}`);

/** Compiles every block next to its source; what the compiler says. */
async function compileBlocks(): Promise<string> {
  const files = await Promise.all(
    named('ts').map(async ([, block]) => {
      await writeFile(scriptOf(block, 'mts'), block.text);
      return scriptOf(block, 'mts');
    }),
  );
  const flags = [
    '--ignoreConfig',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
  ];
  const language = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  const library = ['--lib', 'es2023,esnext.disposable'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  // It says what is wrong on its output, and writes the code all the same.
  const { stdout } = await run(
    process.execPath,
    [tsc, ...flags, ...language, ...library, ...files],
    { cwd: scratch },
  ).catch((error: unknown) => error as { stdout: string });
  return stdout;
}

let service: RunningService;
let complaints: string;

beforeAll(async () => {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  [service, complaints] = await Promise.all([startService(), compileBlocks()]);
});
afterAll(() => service.stop());

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  HH_API_URL: service.url,
  HH_API_KEY: service.key,
  HH_DATA_DIR: service.dataDir,
});

test('blocks are of a language that is checked, here or in the tests of proxies', () => {
  const known = new Set(['ts', 'sh', 'json', '', 'nginx', 'caddyfile']);
  // The example of a compose file: its text says that no test runs it.
  known.add('yaml');

  expect(blocks.filter(({ language }) => !known.has(language))).toEqual([]);
  expect(blocks.length).toBeGreaterThan(10);
});

test('TypeScript compiles in a strict project', () => {
  expect(complaints).toBe('');
});

describe('TypeScript runs against the service', () => {
  const places = new Map<Block, RegExp | undefined>();
  for (const [, block] of named('ts')) {
    const before = [...places.keys()].filter((other) => placeOf(other) === placeOf(block));
    places.set(block, blockOutput[placeOf(block)]?.[before.length]);
  }

  test('and for each it is known what it prints', () => {
    const unknown = [...places].filter(([, output]) => output === undefined);

    expect(unknown.map(([block]) => placeOf(block))).toEqual([]);
    expect(places.size).toBe(Object.values(blockOutput).flat().length);
  });

  test.each(named('ts'))('%s', async (_name, block) => {
    const { stdout } = await run(process.execPath, [scriptOf(block, 'mjs')], {
      env: env(),
      timeout: 60_000,
    });

    expect(stdout).toMatch(places.get(block) ?? 'a pattern in block-output.ts');
  });
});

describe('shell commands succeed', () => {
  const commands = named('sh').flatMap(([name, { text }]) =>
    text
      .replaceAll('\\\n', '')
      .split('\n')
      .filter((line) => line !== '' && !runElsewhere.some((pattern) => pattern.test(line)))
      .map((line): [string, string] => [`${name} ${line.slice(0, 60)}`, line]),
  );

  test.each(commands)('%s', async (_name, command) => {
    const { stdout } = await run('bash', ['-ec', command], {
      cwd: root,
      env: env(),
      timeout: 60_000,
    });

    expect(stdout).not.toBe('');
    expect(stdout).not.toContain('"success":false');
  });
});

test.each(named('json'))(
  '%s is an alert that can be made, and tested on the past',
  async (_name, { text }) => {
    const api = createOperationCaller(service);
    const params = { project_id: 'default' };
    const body = JSON.parse(text) as { name: string };

    const { data: made } = await api.ok('createAlert', { params, body });
    const { data: tested } = await api.ok('backtestAlert', { params, body });

    expect(made).toMatchObject(body);
    expect(tested.fired).toBeGreaterThanOrEqual(0);
  },
);

test('links between pages lead somewhere', async () => {
  const broken: string[] = [];
  for (const file of new Set(blocks.map((block) => block.file))) {
    const text = await readFile(join(root, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      const path = join(root, file, '..', target);
      await readdir(path).catch(() =>
        readFile(path).catch(() => broken.push(`${file} → ${target}`)),
      );
    }
  }

  expect(broken).toEqual([]);
});
