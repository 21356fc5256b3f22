import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = join(root, 'node_modules/.cache/docs-blocks');

/** Commands that set the project up or start it. The end-to-end test runs them on a clean clone. */
const runElsewhere = [
  /^npm start$/,
  /^HH_PORT=\d+ HH_DATA_DIR=\S+ npm start$/,
  /^npm run demo$/,
  /^export HH_API_(URL|KEY)=\S+$/,
];

interface Block {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

async function findBlocks(): Promise<Block[]> {
  const pages = ['README.md', 'CONTRIBUTING.md'];
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
          language,
          text: body,
        }),
      );
    }),
  );
  return blocks.flat();
}

const blocks = await findBlocks();
const named = (language: string): [string, Block][] =>
  blocks
    .filter((block) => block.language === language)
    .map((block) => [`${block.file}:${block.line}`, block]);

let service: RunningService;

beforeAll(async () => {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  service = await startService();
});
afterAll(() => service.stop());

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  HH_API_URL: service.url,
  HH_API_KEY: service.key,
  HH_DATA_DIR: service.dataDir,
});

test('blocks are of a language that is checked here', () => {
  const known = new Set(['ts', 'sh', '']);

  expect(blocks.filter(({ language }) => !known.has(language))).toEqual([]);
  expect(blocks.length).toBeGreaterThan(10);
});

describe('TypeScript runs against the service', () => {
  test.each(named('ts'))('%s', async (_name, block) => {
    const source = join(
      scratch,
      `${relative('.', block.file).replaceAll('/', '-')}-${block.line}.mjs`,
    );
    const { code } = await transformWithOxc(block.text, source.replace(/mjs$/, 'ts'), {
      target: 'es2022',
    });
    await writeFile(source, code);

    const { stdout } = await run(process.execPath, [source], { env: env(), timeout: 30_000 });

    expect(stdout).not.toBe('');
  });
});

describe('shell commands succeed', () => {
  const commands = named('sh').flatMap(([name, { text }]) =>
    text
      .replaceAll('\\\n', ' ')
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
