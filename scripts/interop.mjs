// `npm run test:interop`: HoneyHive's Python SDK, OpenTelemetry's instrumentation of OpenAI and a tester of OpenAPI
// documents (schemathesis), as pip installs them, against the service. Needs Python 3.11 and PyPI. `--install` only
// installs them.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runInForeground, runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';
import { setUp } from './setup.mjs';

const cache = join(root, 'node_modules', '.cache', 'honeyhive');
const binFolder = process.platform === 'win32' ? 'Scripts' : 'bin';

async function run(name, command, args) {
  const { code, output } = await withProgress(name, () => runQuietly(command, args));
  if (code === 0) return;
  process.stderr.write(output);
  process.exit(1);
}

/**
 * An environment of Python with one package of PyPI and what it needs beside it, made once. What is tested must not
 * change on its own: versions are fixed.
 *
 * @returns the folder of its programs
 */
async function install(name, version, { module = name, beside = [] } = {}) {
  const folder = join(cache, `python-${name}-${version}`);
  const bin = join(folder, binFolder);
  const isReady = join(folder, 'ready');
  if (existsSync(isReady)) return bin;
  const system = process.env.PYTHON ?? 'python3';
  const python = join(bin, 'python');
  await run(`making a Python environment for ${name}`, system, ['-m', 'venv', '--clear', folder]);
  const pip = ['-m', 'pip', '--retries=1', '--timeout=20', 'install', '-q'];
  await run(`installing ${name}`, python, [...pip, `${name}==${version}`, ...beside]);
  await run('trying it', python, ['-c', `import ${module}; open(${JSON.stringify(isReady)}, 'w')`]);
  return bin;
}

await setUp();
const sdk = await install('honeyhive', '1.7.0');
const openai = await install('opentelemetry-instrumentation-openai-v2', '2.4b0', {
  module: 'opentelemetry.instrumentation.openai_v2',
  beside: [
    'openai==3.57.0',
    'httpx==0.28.1',
    'opentelemetry-util-genai==0.4b0',
    'opentelemetry-sdk==1.45.2',
    'opentelemetry-exporter-otlp==1.45.2',
  ],
});
const tester = await install('schemathesis', '4.32.0');
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
    {
      cwd: root,
      env: {
        ...process.env,
        INTEROP_PYTHON: join(sdk, 'python'),
        INTEROP_OPENAI_PYTHON: join(openai, 'python'),
        INTEROP_SCHEMATHESIS: join(tester, 'schemathesis'),
      },
    },
  );
}
