import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { findLockFaults } from '../../scripts/check-lock.mjs';

const root = join(import.meta.dirname, '..', '..');
const integrity = `sha512-${'A'.repeat(86)}==`;
const faultsOf = (packages: Record<string, object>) =>
  findLockFaults({ lockfileVersion: 3, packages });

test('every package of the lock file has a checksum and comes from the registry', () => {
  const lock: Parameters<typeof findLockFaults>[0] = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );

  expect(findLockFaults(lock)).toEqual([]);
});

test.each([
  ['no checksum', { version: '1.0.0' }],
  ['a weak checksum', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  [
    'plain HTTP',
    { version: '1.0.0', integrity, resolved: 'http://registry.npmjs.org/a/-/a-1.0.0.tgz' },
  ],
  [
    'another registry',
    { version: '1.0.0', integrity, resolved: 'https://npm.evil.example/a/-/a-1.0.0.tgz' },
  ],
  [
    'a host that begins like the registry',
    { version: '1.0.0', integrity, resolved: 'https://registry.npmjs.org.evil.example/a.tgz' },
  ],
  [
    'a git repository',
    { version: '1.0.0', integrity, resolved: 'git+ssh://git@github.com/a/a.git#0' },
  ],
  ['a file', { version: 'file:../a.tgz', integrity }],
  ['a link out of the workspace', { resolved: '../elsewhere', link: true }],
  [
    'an install script that nobody has looked at',
    { version: '1.0.0', integrity, hasInstallScript: true },
  ],
])('a package with %s is a fault', (_, entry) => {
  expect(faultsOf({ '': {}, 'node_modules/a': entry })).toHaveLength(1);
});

test('workspaces, and registry packages with a checksum, are no faults', () => {
  const packages = {
    '': {},
    'packages/wire': { version: '0.1.0' },
    'node_modules/honeyhive-wire': { resolved: 'packages/wire', link: true },
    'node_modules/@a/b/node_modules/c': { version: '1.0.0-rc.1', integrity },
    'node_modules/d': {
      version: '1.0.0',
      integrity,
      resolved: 'https://registry.npmjs.org/d/-/d-1.0.0.tgz',
    },
  };

  expect(faultsOf(packages)).toEqual([]);
});

test('`npm run sbom` lists what the published packages include, without the network', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
    cwd: root,
    env: { ...process.env, npm_config_offline: 'true' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const bom: { bomFormat: string; components: { name: string; hashes?: unknown[] }[] } =
    JSON.parse(stdout);

  expect(bom.bomFormat).toBe('CycloneDX');
  const names = bom.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['chdb', 'fastify', 'libsql', 'undici']));
  expect(names).not.toContain('vitest');
});
