// `npm test`: everything that must hold, fast to slow, stopping at the first step that fails.
// `npm test -- --only unit` runs one step by its name, after the set-up; words after it choose among its files.
import './node-version.mjs';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runInForeground, runQuietly } from './child.mjs';
import { ensureChromium } from './chromium.mjs';
import { formatSeconds, withProgress } from './progress.mjs';
import { compile, setUp } from './setup.mjs';

const args = process.argv.slice(2);
const only = args[0] === '--only' ? (args[1] ?? '') : null;
/** Files, and vitest's own options. */
const forVitest = only === null ? args : args.slice(2);
if (only === null && forVitest.length > 0 && args[0] !== '--help') {
  process.stderr.write(
    `${forVitest[0]}: name a step first, as in \`--only unit ${forVitest[0]}\`.\n`,
  );
  process.exit(2);
}

const bin = (...path) => join(root, 'node_modules', ...path);

/** A tool whose output matters only when it fails. Counts as one failure then, and as no test otherwise. */
const check = (name, ...args) => ({
  name,
  async run() {
    const { code, output } = await withProgress(name, () =>
      runQuietly(process.execPath, args, testEnv),
    );
    if (code !== 0) process.stderr.write(output);
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  },
});

const reporters = (report) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];

/** The tests of one vitest project. */
const tests = (name) => ({
  name,
  async run() {
    const report = join(root, 'node_modules', '.cache', 'honeyhive', `tests-${name}.json`);
    mkdirSync(dirname(report), { recursive: true });
    rmSync(report, { force: true });
    const code = await runInForeground(
      process.execPath,
      [bin('vitest', 'vitest.mjs'), 'run', '--project', name, ...reporters(report), ...forVitest],
      { cwd: root, env: testEnv },
    );
    return countTests(report, code);
  },
});

/** A step that needs a browser: it is installed first when there is none. */
const inBrowser = ({ name, run }) => ({
  name,
  async run() {
    try {
      testEnv.CHROMIUM_PATH = await ensureChromium();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      return { passed: 0, failed: 1 };
    }
    return run();
  },
});

/** A file that cannot be loaded has no tests to fail; it is one failure. So is a run that ends badly in any other way. */
function countTests(report, code) {
  let results = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    process.stderr.write(`The test run left no report: ${error.message}\n`);
  }
  const brokenFiles = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = results.numFailedTests + brokenFiles.length;
  return { passed: results.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

const steps = [
  check('format', bin('oxfmt', 'bin', 'oxfmt'), '--check', '.'),
  check('types', bin('typescript', 'bin', 'tsc'), '-b'),
  check('lint', bin('oxlint', 'bin', 'oxlint')),
  check('unused', bin('knip', 'bin', 'knip.js'), '--no-progress'),
  check('boundaries', join(root, 'scripts', 'check-boundaries.mjs')),
  check('lock file', join(root, 'scripts', 'check-lock.mjs')),
  check('generated', join(root, 'scripts', 'generate.mjs'), '--check'),
  check('budget', join(root, 'scripts', 'check-ui-budget.mjs')),
  ...['unit', 'conformance', 'docs', 'faults'].map(tests),
  inBrowser(tests('ui')),
  tests('e2e'),
];

// A shell that is set up for an application must not decide what the tests do.
const testEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HH_'))),
  HH_FAULT_ROUNDS: process.env.HH_FAULT_ROUNDS ?? '3',
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
};

const stepNames = steps.map(({ name }) => name).join(', ');
if (args[0] === '--help') {
  process.stdout.write(`npm test [-- --only STEP [FILE …]]

Runs every check and every test, fast to slow, and stops at the first step that fails. Sets up what it needs.
  --only STEP  one step: ${stepNames}
  FILE         part of a file's name, or an option of vitest, such as -t NAME; default: all files of the step.
`);
  process.exit(0);
}

function chooseSteps() {
  const chosen = steps.filter(({ name }) => only === null || only === name);
  if (chosen.length > 0) return chosen;
  process.stderr.write(`--only ${only}: must be one of ${stepNames}.\n`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const chosen = chooseSteps();
await setUp();
// What vitest loads before the tests, it takes as it is built: of every package.
await compile('.');
for (const [index, { name, run }] of chosen.entries()) {
  const startedAt = Date.now();
  const { passed, failed } = await run();
  total.passed += passed;
  total.failed += failed;
  const place = `[${index + 1}/${chosen.length}]`;
  const time = formatSeconds(Date.now() - startedAt);
  process.stdout.write(`${place} ${name}: ${failed === 0 ? 'ok' : 'FAILED'}, ${time}\n`);
  if (failed > 0) break;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
