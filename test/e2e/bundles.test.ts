import { nodeFileTrace } from '@vercel/nft';
import { build as esbuild } from 'esbuild';
import { byLevel, createOperationCaller, startChild, startService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webpack from 'webpack';
import type { Configuration } from 'webpack';
import { makeClientProject, repository, run } from './client-project.ts';
import type { ClientProject } from './client-project.ts';

const application = `import { HoneyHive } from 'honeyhive';
const [how, session_id] = process.argv.slice(2);
const client = new HoneyHive();
for (let step = 0; step < 5; step += 1) client.logEvent({ session_id, event_type: 'tool', event_name: 'b' });
if (how === 'exit') process.exit(3);
if (how === 'throw') throw new Error('boom');
if (how === 'awaited') client.createEvent({ session_id, event_type: 'tool', event_name: 'c' }).then(() => client.close());
`;
const blocking = `const client = new HoneyHiveSync();
client.createEvent({ session_id: process.argv[3], event_type: 'tool', event_name: 'b' });
client.close();
`;

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
let project: ClientProject;

beforeAll(async () => {
  project = await makeClientProject(
    'module',
    'typescript-5.6@npm:typescript@5.6.3',
    'typescript-5.9@npm:typescript@5.9.3',
    '@types/node@20.19.25',
  );
  await writeFile(join(project.folder, 'app.mjs'), application);
  const from = "'honeyhive/sync'";
  await writeFile(
    join(project.folder, 'sync.mjs'),
    `import { HoneyHiveSync } from ${from};\n${blocking}`,
  );
  await writeFile(
    join(project.folder, 'sync.cjs'),
    `const { HoneyHiveSync } = require(${from});\n${blocking}`,
  );
});
afterAll(async () => {
  await project[Symbol.asyncDispose]();
  await service.stop();
});

const bundleWithEsbuild = (format: 'cjs' | 'esm', entry: string) => async (outfile: string) => {
  const entryPoints = [join(project.folder, entry)];
  await esbuild({
    entryPoints,
    bundle: true,
    platform: 'node',
    format,
    outfile,
    logLevel: 'error',
  });
};

const bundleWithWebpack = (entry: string) => async (outfile: string) => {
  const config: Configuration = {
    mode: 'production',
    target: 'node20',
    context: project.folder,
    entry: `./${entry}`,
    output: { path: dirname(outfile), filename: 'bundle.cjs' },
  };
  await new Promise<void>((resolve, reject) => {
    webpack(config, (error, stats) => {
      if (error === null && stats?.hasErrors() === false) resolve();
      else reject(error ?? new Error(stats?.toString()));
    });
  });
};

/** Copies what the tracer says that a deployment needs. */
async function traceFiles(entry: string): Promise<string> {
  const { fileList } = await nodeFileTrace([join(project.folder, entry)], { base: project.folder });
  const deployed = await makeFolder();
  for (const file of fileList) {
    await mkdir(dirname(join(deployed, file)), { recursive: true });
    await cp(join(project.folder, file), join(deployed, file));
  }
  return join(deployed, entry);
}

/** A folder from which no \`node_modules\` can be seen. */
const makeFolder = () => mkdtemp(join(dirname(dirname(project.folder)), 'honeyhive-bundle-'));

/** Runs a program, and counts what of its session is stored. */
async function runProgram(file: string, how: string) {
  const session_id = randomUUID();
  const child = startChild(process.execPath, [file, how, session_id], {
    env: { HH_API_URL: service.url, HH_API_KEY: service.key },
  });
  const { code } = await child.exited;
  const { events } = await api.ok('listEvents', { query: { session_id } });
  const stored = events.filter(({ event_type }) => event_type !== 'session').length;
  return { code, stored, output: child.output() };
}

const oneStored = { code: 0, stored: 1, output: '' };
const ways = [
  ['natural', 0, 5],
  ['exit', 3, 5],
  ['throw', 1, 5],
  ['awaited', 0, 6],
] as const;

describe.each([
  ['esbuild, ES modules', bundleWithEsbuild('esm', 'app.mjs'), 'bundle.mjs'],
  ['esbuild, CommonJS', bundleWithEsbuild('cjs', 'app.mjs'), 'bundle.cjs'],
  ['webpack', bundleWithWebpack('app.mjs'), 'bundle.cjs'],
])('bundled by %s, without node_modules', (_name, bundle, name) => {
  let file = '';
  beforeAll(async () => {
    file = join(await makeFolder(), name);
    await bundle(file);
  });

  test.each(ways)('%s: stores all events', async (how, code, stored) => {
    expect(await runProgram(file, how)).toMatchObject({ code, stored });
  });
});

describe('deployed with the files that @vercel/nft traces, as Next.js and Vercel do', () => {
  let file = '';
  beforeAll(async () => {
    file = await traceFiles('app.mjs');
  });

  test.each(ways)('%s: stores all events', async (how, code, stored) => {
    expect(await runProgram(file, how)).toMatchObject({ code, stored });
  });

  test.each(['sync.mjs', 'sync.cjs'])('HoneyHiveSync has its worker in %s', async (entry) => {
    expect(await runProgram(await traceFiles(entry), 'sync')).toMatchObject(oneStored);
  });
});

test('HoneyHiveSync has its worker in a bundle of webpack', async () => {
  const file = join(await makeFolder(), 'bundle.cjs');
  await bundleWithWebpack('sync.mjs')(file);

  expect(await runProgram(file, 'sync')).toMatchObject(oneStored);
});

test.each([
  ['cjs', 'cjs'],
  ['esm', 'mjs'],
] as const)(
  'HoneyHiveSync in an %s bundle of esbuild names what is missing',
  async (format, ending) => {
    const file = join(await makeFolder(), `sync.${ending}`);
    await bundleWithEsbuild(format, 'sync.mjs')(file);
    const { code, stderr } = (await run(process.execPath, [file]).catch(
      (error: { code: number; stderr: string }) => error,
    )) as { code?: number; stderr: string };

    expect(code).toBe(1);
    expect(stderr).toContain(
      'HoneyHiveSync: its worker worker.js is missing; exclude honeyhive from the bundle',
    );
  },
);

describe('in a CommonJS project', () => {
  test('Jest loads each entry, delivers, and needs no configuration', async () => {
    const code = `
const { HoneyHive } = require('honeyhive');
const { HoneyHiveSync } = require('honeyhive/sync');
const fetchEntry = require('honeyhive/fetch');
const { createFakeHoneyHive } = require('honeyhive/testing');
test('delivers', async () => {
  const client = new HoneyHive();
  client.logEvent({ session_id: 's', event_type: 'tool', event_name: 'a' });
  expect(await client.flush()).toMatchObject({ stored: 1 });
  expect((await client.getHealth()).status).toBe('ok');
  await client.close();
  const blocking = new HoneyHiveSync();
  expect(blocking.getHealth().status).toBe('ok');
  blocking.close();
  expect(typeof fetchEntry.HoneyHive).toBe('function');
  expect(createFakeHoneyHive().calls).toEqual([]);
});
`;
    await writeFile(join(project.folder, 'jest.config.json'), '{ "testEnvironment": "node" }');
    await writeFile(join(project.folder, 'a.test.cjs'), code);
    const jest = join(repository, 'node_modules/jest/bin/jest.js');
    const args = [
      jest,
      '--config',
      'jest.config.json',
      '--testMatch',
      '**/*.test.cjs',
      '--rootDir',
      '.',
    ];

    const { stderr } = await run(process.execPath, args, {
      cwd: project.folder,
      env: { ...process.env, HH_API_URL: service.url, HH_API_KEY: service.key },
    });

    expect(stderr).toContain('Tests:       1 passed');
  });

  const usage = `import { EventType, HoneyHive, HoneyHiveError } from 'honeyhive';
import type { HoneyHiveOptions, Event } from 'honeyhive';
import { HoneyHive as OnFetch } from 'honeyhive/fetch';
import { HoneyHiveSync } from 'honeyhive/sync';
import { createFakeHoneyHive } from 'honeyhive/testing';
const options: HoneyHiveOptions = { testMode: true };
export class Traced extends HoneyHive {}
export const client: HoneyHive = new Traced(options);
export const isOurs = (error: unknown): error is HoneyHiveError => error instanceof HoneyHiveError;
export const type: EventType = EventType.model;
export const read = async (): Promise<Event> => client.getEvent('e');
export const others = [new OnFetch(options), new HoneyHiveSync(options), createFakeHoneyHive()];
`;

  type Compiler = readonly [version: string, module: string, resolution: string, skip: boolean];
  // The oldest version and the newest, and the oldest way to find a package and the newest.
  const extremes: readonly Compiler[] = [
    ['5.6', 'commonjs', 'node10', true],
    ['5.6', 'esnext', 'bundler', false],
    ['5.9', 'nodenext', 'nodenext', false],
  ];
  const others: readonly Compiler[] = [
    ['5.6', 'node16', 'node16', true],
    ['5.6', 'nodenext', 'nodenext', true],
    ['5.9', 'commonjs', 'node10', true],
    ['5.9', 'node16', 'node16', false],
  ];

  test.each(byLevel({ short: extremes, full: [...extremes, ...others] }))(
    'TypeScript %s finds the types with module %s, resolution %s',
    async (version, module, resolution, skip) => {
      await writeFile(join(project.folder, 'main.cts'), usage);
      const tsc = join(project.folder, `node_modules/typescript-${version}/bin/tsc`);
      const flags = [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--skipLibCheck',
        String(skip),
        '--types',
        'node',
      ];
      const how = ['--module', module, '--moduleResolution', resolution];

      const { stdout } = await run(process.execPath, [tsc, ...flags, ...how, 'main.cts'], {
        cwd: project.folder,
      }).catch((error: unknown) => error as { stdout: string });

      expect(stdout).toBe('');
    },
  );
});
