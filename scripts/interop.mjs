// `npm run test:interop`: HoneyHive's Python SDK, as pip installs it, against the service. Needs Python 3.11 and PyPI.
// `--install` only installs it.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runInForeground, runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';
import { setUp } from './setup.mjs';

/** Of the package `honeyhive` on PyPI: what is tested must not change by itself. */
const version = '1.7.0';
const folder = join(root, 'node_modules', '.cache', 'honeyhive', `python-${version}`);
const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const isReady = join(folder, 'ready');

async function run(name, command, args) {
  const { code, output } = await withProgress(name, () => runQuietly(command, args));
  if (code === 0) return;
  process.stderr.write(output);
  process.exit(1);
}

async function install() {
  if (existsSync(isReady)) return;
  const system = process.env.PYTHON ?? 'python3';
  const pip = ['-m', 'pip', '--retries=1', '--timeout=20', 'install', '-q'];
  await run('making a Python environment', system, ['-m', 'venv', '--clear', folder]);
  await run('installing the SDK', python, [...pip, `honeyhive==${version}`]);
  await run('trying it', python, ['-c', `import honeyhive; open(${JSON.stringify(isReady)}, 'w')`]);
}

await setUp();
await install();
if (process.argv[2] !== '--install') {
  process.exitCode = await runInForeground(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      'interop',
      ...process.argv.slice(2),
    ],
    { cwd: root, env: { ...process.env, INTEROP_PYTHON: python } },
  );
}
