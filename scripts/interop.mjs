// `npm run test:interop`: HoneyHive's Python SDK, instrumentation libraries of Python and JavaScript and a tester of
// OpenAPI documents (schemathesis), as pip and npm install them, against the service. Needs Python 3.11, PyPI and npm's
// registry. `--install` only installs them.
import './node-version.mjs';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand, root, runInForeground, runQuietly } from './child.mjs';
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

/**
 * A folder with packages of npm, made once. They are no dependencies of ours: they would be most of `npm ci`.
 *
 * @returns the folder
 */
async function installForNode(name, packages) {
  const folder = join(cache, `node-${name}`);
  const isReady = join(folder, 'ready');
  if (existsSync(isReady)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  // The AI SDK 7 asks for Node.js 22 and works on 20; `npm run` hands down the strictness of this repository.
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    '--no-engine-strict',
  ];
  const args = ['install', '--prefix', folder, ...options, ...packages];
  await run(`installing ${name} for Node`, ...npmCommand(args));
  writeFileSync(isReady, '');
  return folder;
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
const http = ['opentelemetry-sdk==1.45.2', 'opentelemetry-exporter-otlp-proto-http==1.45.2'];
const openinference = await install('openinference-instrumentation-langchain', '0.1.80', {
  module: 'openinference.instrumentation.langchain',
  beside: [
    'openinference-instrumentation-openai==0.1.66',
    'langchain==1.5.2',
    'langchain-openai==1.7.4',
    'openai==3.57.0',
    'httpx==0.28.1',
    ...http,
  ],
});
const traceloop = await install('opentelemetry-instrumentation-openai', '0.62.4', {
  module: 'opentelemetry.instrumentation.openai',
  beside: ['openai==3.57.0', ...http],
});
const pydanticAi = await install('pydantic-ai-slim', '2.68.0', {
  module: 'pydantic_ai',
  beside: ['pydantic-ai-slim[openai]==2.68.0', 'openai==3.57.0', ...http],
});
const tracingOfNode = [
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/exporter-trace-otlp-proto@0.223.1',
  '@opentelemetry/sdk-trace-node@2.12.1',
];
const node = await installForNode('ai-7.0.173', [
  'ai@7.0.173',
  '@ai-sdk/otel@1.0.173',
  '@ai-sdk/openai@4.0.118',
  'zod@4.6.7',
  'openai@6.49.0',
  '@arizeai/openinference-core@2.7.1',
  '@arizeai/openinference-instrumentation-openai@4.2.7',
  ...tracingOfNode,
]);
const ai6 = await installForNode('ai-6.0.326', [
  'ai@6.0.326',
  '@ai-sdk/openai@3.0.141',
  'zod@4.6.7',
  ...tracingOfNode,
]);
const ai5 = await installForNode('ai-5.0.277', [
  'ai@5.0.277',
  '@ai-sdk/openai@2.0.130',
  'zod@4.6.7',
  ...tracingOfNode,
]);
const langchain = await installForNode('openinference-langchain-4.1.1', [
  '@arizeai/openinference-core@2.7.1',
  '@arizeai/openinference-instrumentation-langchain@4.1.1',
  '@langchain/core@1.4.0',
  '@langchain/langgraph@1.7.3',
  '@langchain/openai@1.6.0',
  'langchain@1.5.14',
  'zod@4.6.7',
  ...tracingOfNode,
]);
const traceloopOfNode = await installForNode('traceloop-0.27.0', [
  '@traceloop/node-server-sdk@0.27.0',
  'openai@6.49.0',
]);
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
        INTEROP_OPENINFERENCE_PYTHON: join(openinference, 'python'),
        INTEROP_TRACELOOP_PYTHON: join(traceloop, 'python'),
        INTEROP_PYDANTIC_AI_PYTHON: join(pydanticAi, 'python'),
        INTEROP_NODE_FOLDER: node,
        INTEROP_AI_5_FOLDER: ai5,
        INTEROP_AI_6_FOLDER: ai6,
        INTEROP_LANGCHAIN_FOLDER: langchain,
        INTEROP_TRACELOOP_FOLDER: traceloopOfNode,
        INTEROP_SCHEMATHESIS: join(tester, 'schemathesis'),
      },
    },
  );
}
