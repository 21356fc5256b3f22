import { execFile } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeDataDir, removeDataDir } from 'honeyhive-testkit';
import { publint } from 'publint';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
const repository = join(import.meta.dirname, '..', '..');
const packed = ['facts', 'wire', 'client', 'server', 'cli'] as const;
const entries = ['honeyhive', 'honeyhive/fetch', 'honeyhive/sync', 'honeyhive/testing'] as const;

let folder = '';
let project = '';
const tarballOf = (name: string) =>
  join(folder, `honeyhive${name === 'client' ? '' : `-${name}`}-0.1.0.tgz`);

beforeAll(async () => {
  folder = await makeDataDir();
  project = join(folder, 'project');
  await mkdir(project);
  await run(process.execPath, ['scripts/pack.mjs', '--to', folder], { cwd: repository });
  const manifest = { name: 'application', private: true, type: 'module' };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...flags, tarballOf('facts'), tarballOf('client')], {
    cwd: project,
  });
});
afterAll(() => removeDataDir(folder));

/** What a program prints that is run in the project with the package installed. */
async function execute(name: string, code: string): Promise<unknown> {
  await writeFile(join(project, name), code);
  const { stdout } = await run(process.execPath, [name], { cwd: project });
  return JSON.parse(stdout);
}

describe('the tarballs', () => {
  test('honeyhive is at most 215 kB, a third of it for CommonJS, with nothing in it that only tests or the compiler use', async () => {
    const { stdout } = await run('tar', ['tzf', tarballOf('client')]);
    const { size } = await stat(tarballOf('client'));
    const paths = stdout.trim().split('\n');

    process.stdout.write(`honeyhive packed: ${(size / 1000).toFixed(1)} kB\n`);
    expect(size).toBeLessThanOrEqual(215_000);
    expect(paths.filter((path) => /test\.|tsbuildinfo|\/testing\/|\.map$/.test(path))).toEqual([]);
    for (const file of ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']) {
      expect(paths).toContain(`package/${file}`);
    }
  });

  test.each(packed)('publint has no complaint about %s', async (name) => {
    const { buffer } = new Uint8Array(await readFile(tarballOf(name)));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });

    expect(messages).toEqual([]);
  });

  test('attw finds the types of every entry of honeyhive', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const flags = ['--profile', 'strict', '--format', 'ascii', '--no-emoji', '--no-color'];

    const { stdout } = await run(process.execPath, [attw, tarballOf('client'), ...flags]);

    for (const entry of entries) {
      const [, verdict = ''] = stdout.split(`"${entry}"\n`);
      expect(verdict).toMatch(
        /^\s*node10: OK\s*node16 \(from CJS\): OK \(CJS\)\s*node16 \(from ESM\): OK \(ESM\)\s*bundler: OK/,
      );
    }
  });
});

describe('installed in a project', () => {
  test('has two dependencies: undici, and our facts', async () => {
    const { stdout } = await run('npm', ['ls', '--all', '--parseable'], { cwd: project });

    expect(stdout.trim().split('\n').slice(1)).toEqual([
      join(project, 'node_modules/honeyhive-facts'),
      join(project, 'node_modules/honeyhive'),
      join(project, 'node_modules/undici'),
    ]);
  });

  const health = `new HoneyHive({ baseUrl: 'http://127.0.0.1:9', timeout: 5 }).getHealth()
    .then(({ status }) => console.log(JSON.stringify({ status, errors: HoneyHiveAPIError.name })))`;
  const answer = { status: 'unreachable', errors: 'HoneyHiveAPIError' };

  test.each(['honeyhive', 'honeyhive/fetch', 'honeyhive/sync'])(
    'import works: %s',
    async (entry) => {
      const code = `import { HoneyHive, HoneyHiveAPIError } from '${entry}';\n${health}`;

      expect(await execute('import.mjs', code)).toEqual(answer);
    },
  );

  test.each(['honeyhive', 'honeyhive/fetch', 'honeyhive/sync'])(
    'require() works: %s',
    async (entry) => {
      const code = `const { HoneyHive, HoneyHiveAPIError } = require('${entry}');\n${health}`;

      expect(await execute('require.cjs', code)).toEqual(answer);
    },
  );

  test('honeyhive/testing works, without a service', async () => {
    const code = `import { createFakeHoneyHive } from 'honeyhive/testing';
const fake = createFakeHoneyHive();
await fake.createSession();
console.log(JSON.stringify(fake.calls.map(({ method }) => method)));`;

    expect(await execute('fake.mjs', code)).toEqual(['createSession']);
  });

  test('HoneyHiveSync finds its worker', async () => {
    const code = `import { HoneyHiveSync } from 'honeyhive/sync';
const client = new HoneyHiveSync({ baseUrl: 'http://127.0.0.1:9', timeout: 5 });
console.log(JSON.stringify(client.getHealth().status));`;

    expect(await execute('sync.mjs', code)).toBe('unreachable');
  });

  test('the manifest can be read', async () => {
    const code = "console.log(JSON.stringify(require('honeyhive/package.json').version))";

    expect(await execute('manifest.cjs', code)).toBe('0.1.0');
  });

  test('loads undici, which takes longer than all of it, for the first request and not before', async () => {
    const code = `import { createRequire } from 'node:module';
const countFiles = () => Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('undici')).length;
const { HoneyHive } = await import('honeyhive');
const client = new HoneyHive({ baseUrl: 'http://127.0.0.1:9', timeout: 5 });
const before = countFiles();
await client.getHealth();
console.log(JSON.stringify({ before, isLoadedAfter: countFiles() > 0 }));`;

    expect(await execute('late.mjs', code)).toEqual({ before: 0, isLoadedAfter: true });
  });

  test('tree-shakes: importing an error loads only the errors', async () => {
    const entry = join(project, 'shake.js');
    await writeFile(entry, "export { HoneyHiveError } from 'honeyhive';");
    const built = await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, lib: { entry, formats: ['es'] } },
    });
    const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
    const code = chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');

    process.stdout.write(`HoneyHiveError bundles to ${(code.length / 1000).toFixed(1)} kB\n`);
    expect(chunks).toHaveLength(1);
    expect(code.length).toBeLessThan(6000);
  });
});

describe('the types, in a strict project', () => {
  const flags = ['--strict', '--noEmit', '--target', 'es2023', '--skipLibCheck', 'false'];
  const application = `import { EventType, HoneyHive, HoneyHiveAPIError } from 'ENTRY';
import type { HoneyHiveClientProtocol, HoneyHiveOptions } from 'ENTRY';
const options: HoneyHiveOptions = { apiKey: 'k', timeout: 5 };
const client: HoneyHiveClientProtocol = new HoneyHive(options);
interface Question { text: string }
export async function ask(question: Question): Promise<string> {
  const { session_id } = await client.createSession({ session_name: 's' });
  const event = await client.createEvent({ session_id, event_type: EventType.model, event_name: 'a', inputs: question });
  try {
    const { inputs } = await client.getEvent<Question>(event.event_id);
    return inputs.text;
  } catch (error) {
    if (error instanceof HoneyHiveAPIError) return String(error.statusCode);
    throw error;
  }
}
`;

  test.each([
    ['honeyhive', 'nodenext', 'nodenext', 'es2023', 'node'],
    ['honeyhive', 'preserve', 'bundler', 'es2023', 'node'],
    ['honeyhive/fetch', 'nodenext', 'nodenext', 'es2023,dom,dom.iterable', ''],
    ['honeyhive/fetch', 'preserve', 'bundler', 'es2023,dom,dom.iterable', ''],
  ])('%s compiles with %s and %s, lib %s', async (entry, module, resolution, lib, types) => {
    await writeFile(join(project, 'application.ts'), application.replaceAll('ENTRY', entry));
    const roots = ['--typeRoots', join(repository, 'node_modules/@types'), '--types', types];
    const how = ['--module', module, '--moduleResolution', resolution, '--lib', lib];

    const { stdout } = await run(
      process.execPath,
      [tsc, ...flags, ...how, ...(types === '' ? ['--types', ''] : roots), 'application.ts'],
      { cwd: project },
    ).catch((error: unknown) => error as { stdout: string });

    expect(stdout).toBe('');
  });
});
