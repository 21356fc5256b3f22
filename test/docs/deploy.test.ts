import { validate } from 'dockerfile-utils';
import { configOptions } from 'honeyhive-server/config';
import { makeDataDir, removeDataDir } from 'honeyhive-testkit';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  deployFiles,
  isMap,
  isTemplate,
  readText,
  readYaml,
  root,
  valueAt,
} from './deploy-files.ts';

const options = Object.values(configOptions);
const shutdownSeconds = configOptions.shutdownTimeoutMs.default / 1000;
const isData = (path: string) => /\.(ya?ml|json)$/.test(path) && !isTemplate(path);

/** Every match of the pattern in the files, as `file: match`; the match is its first group, if it has one. */
const findIn = (paths: readonly string[], pattern: RegExp) =>
  paths.flatMap((path) =>
    [...readText(path).matchAll(pattern)].map(({ 0: whole, 1: part }) => ({
      path,
      found: part ?? whole,
    })),
  );

describe('files of deploy', () => {
  test.each(deployFiles.filter(isData))('%s can be parsed', (path) => {
    expect(isMap(readYaml(path))).toBe(true);
  });

  test('name settings that exist', () => {
    const known = new Set<string>(options.map(({ env }) => env));

    const named = findIn(deployFiles, /\bHH_[A-Z]+(?:_[A-Z]+)*\b/g);

    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ found }) => !known.has(found))).toEqual([]);
  });

  test('name pages and programs of the repository that exist', () => {
    const named = [
      ...findIn(deployFiles, /\bdocs\/[\w/-]+\.md\b/g),
      ...findIn(deployFiles, /\/(?:opt\/honeyhive|app)\/(packages\/[\w./-]+)/g),
    ];
    // The packages are published without their sources: `dist` is made by the build.
    const missing = named.filter(({ found }) => !existsSync(join(root, found)));

    expect(named.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  test('choose values that the settings accept', () => {
    const given = findIn(deployFiles, /\b(HH_[A-Z_]+(?:=|: )'?[\d.]+'?)$/gm);
    const numbers = given.flatMap(({ found }) => {
      const [, env, text = ''] = /^(\w+)(?:=|: )'?([^']*)'?$/.exec(found) ?? [];
      const option = options.find((each) => each.env === env);
      return option?.type === 'integer' ? [{ found, value: Number(text), option }] : [];
    });

    const outside = numbers.filter(
      ({ value, option }) => !(value >= option.min && value <= option.max),
    );
    expect(numbers.length).toBeGreaterThan(0);
    expect(outside).toEqual([]);
  });
});

describe('Dockerfile', () => {
  const text = readText('deploy/Dockerfile');
  const stages = text.split(/^(?=FROM )/m).slice(1);
  const last = stages.at(-1) ?? '';

  test('has no fault that the linter finds', () => {
    expect(validate(text)).toEqual([]);
  });

  test('the linter finds faults', () => {
    expect(validate('FROM node:20\nCOPPY . .\nHEALTHCHECK --interval=5 CMD true')).toHaveLength(2);
  });

  test('builds on Node.js 20 and Debian, in one version', () => {
    const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    const names = [...text.matchAll(/^FROM \S+ AS (\S+)/gm)].map(([, name]) => name);
    const images = new Set(bases.filter((base) => !names.includes(base)));

    expect([...images]).toEqual([expect.stringMatching(/^node:20\.\d+\.\d+-bookworm-slim$/)]);
  });

  test('installs from the lock file, for every package of the workspace', () => {
    const { workspaces } = JSON.parse(readText('package.json')) as { workspaces: string[] };

    for (const path of workspaces) expect(text).toContain(`COPY ${path}/package.json ${path}/\n`);
    expect(text).not.toMatch(/npm (install|i) /);
    expect(text).toContain('npm ci --omit=dev --workspace honeyhive-cli');
  });

  test('runs as another user than root, keeps its data in a volume, and says whether it is alive', () => {
    expect(last).toMatch(/^USER 10001:10001$/m);
    expect(last).toMatch(/^VOLUME \/data$/m);
    expect(last).toMatch(/^ {2}HH_DATA_DIR=\/data\/honeyhive /m);
    expect(last).toMatch(/^HEALTHCHECK [^]*\/health`/m);
    expect(last.indexOf('USER')).toBeGreaterThan(last.lastIndexOf('RUN'));
    expect(last).not.toContain('npm ');
  });

  test('what it copies is not ignored', () => {
    const ignored = readText('.dockerignore').split('\n');
    const { references } = JSON.parse(readText('tsconfig.json')) as {
      references: { path: string }[];
    };
    const elsewhere = references.map(({ path }) => path).filter((path) => path.startsWith('test/'));

    expect(ignored).toEqual(expect.arrayContaining(['**/node_modules', '.git', 'test/**']));
    expect(ignored).not.toEqual(expect.arrayContaining(['packages', 'scripts']));
    for (const path of elsewhere) expect(ignored).toContain(`!${path}/tsconfig.json`);
  });
});

describe('compose.yaml', () => {
  const compose = readYaml('deploy/compose.yaml');
  const services = Object.entries(valueAt(compose, ['services']) ?? {});
  // The linter's rules about the order of keys and about quotes are not ours.
  const style = [
    'no-quotes-in-volumes',
    'service-keys-order',
    'services-alphabetical-order',
    'top-level-properties-order',
  ];
  const program = join(root, 'node_modules/dclint/bin/dclint.cjs');
  const flags = ['--formatter', 'json', '--max-warnings', '0', '--disable-rule', ...style];
  /** What the linter prints. It ends with an error when it finds a fault. */
  const lint = (path: string): Promise<string> =>
    promisify(execFile)(process.execPath, [program, path, ...flags]).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { stdout: string }).stdout,
    );

  test('follows the compose specification and the rules of the linter', async () => {
    expect(JSON.parse(await lint(join(root, 'deploy/compose.yaml')))).toMatchObject([
      { messages: [] },
    ]);
  });

  test('the linter finds faults', async () => {
    const folder = await makeDataDir();
    const path = join(folder, 'compose.yaml');
    await writeFile(path, 'name: broken\nservices:\n  a:\n    imagee: b:1\n');

    const output = await lint(path);

    await removeDataDir(folder);
    expect(output).toContain('must NOT have additional properties');
  });

  test('secrets that settings name are given to the service, and their files are not in the repository', () => {
    for (const [, service] of services) {
      const given = JSON.stringify(valueAt(service, ['secrets']) ?? []);
      const named = JSON.stringify(service).matchAll(/\/run\/secrets\/([\w-]+)/g);
      for (const [, secret = ''] of named) expect(given).toContain(`"${secret}"`);
    }
    expect(readText('.gitignore').split('\n')).toContain('deploy/secrets/');
  });

  test('every service has a health check, a network and a pinned image', () => {
    expect(services.length).toBe(5);
    for (const [, service] of services) {
      expect(valueAt(service, ['healthcheck', 'test'])).toBeDefined();
      expect(valueAt(service, ['networks'])).toEqual(['inside']);
      expect(valueAt(service, ['image'])).toMatch(/:\d/);
    }
  });

  test('the balancer sends to its servers, which trust its network', () => {
    const config = readText('deploy/nginx.conf');
    const upstream = [...config.matchAll(/^ {2}server ([\w-]+):4040 /gm)].map(([, name]) => name);
    const servers = services.map(([name]) => name).filter((name) => name.startsWith('honeyhive-'));
    const subnet = valueAt(compose, ['networks', 'inside', 'ipam', 'config']);

    expect(upstream).toEqual(servers);
    for (const name of servers) {
      const path = ['services', name, 'environment', 'HH_TRUSTED_PROXIES'];
      expect(subnet).toEqual([{ subnet: valueAt(compose, path) }]);
    }
  });

  test('one server makes the first start, after the stores', () => {
    const after = (name: string) =>
      Object.keys(valueAt(compose, ['services', name, 'depends_on']) ?? {});

    expect(after('honeyhive-1')).toEqual(['clickhouse', 'postgres']);
    expect(after('honeyhive-2')).toEqual(['honeyhive-1']);
  });

  test('the balancer accepts the largest body', () => {
    const [, megabytes = ''] =
      /client_max_body_size (\d+)m;/.exec(readText('deploy/nginx.conf')) ?? [];

    expect(Number(megabytes) * 1024 ** 2).toBeGreaterThan(configOptions.maxBodyBytes.default);
  });

  test('servers have the time to answer what they accepted', () => {
    for (const name of ['honeyhive-1', 'honeyhive-2']) {
      const grace = String(valueAt(compose, ['services', name, 'stop_grace_period']));
      expect(Number.parseInt(grace, 10)).toBeGreaterThan(shutdownSeconds);
    }
  });
});

describe('honeyhive.service', () => {
  const unit = readText('deploy/honeyhive.service');

  test('runs the command, which is not restarted with invalid settings', () => {
    expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node \/opt\/honeyhive\/packages\/cli\/bin\//m);
    expect(unit).toMatch(/^RestartPreventExitStatus=78$/m);
  });

  test('writes to its state folder alone, and has the time to stop', () => {
    expect(unit).toMatch(/^ProtectSystem=strict$/m);
    expect(unit).toMatch(/^StateDirectory=honeyhive$/m);
    expect(unit).toMatch(/^Environment=HH_DATA_DIR=\/var\/lib\/honeyhive$/m);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(shutdownSeconds);
  });
});
