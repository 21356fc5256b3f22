// `npm test`: everything that must hold, fast to slow, stopping at the first step that fails.
// `npm run test:all` (`--all`) tries more cases, and runs what takes minutes.
// `npm test -- --only unit` runs one step by its name, after the set-up; words after it choose among its files.
import './node-version.mjs';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleCommand } from './bundle-command.mjs';
import { root, runInForeground, runQuietly } from './child.mjs';
import { ensureTestBrowser } from './chromium.mjs';
import { formatSeconds, withProgress } from './progress.mjs';
import { ensurePostgres } from './postgres.mjs';
import { ensureProxies } from './proxies.mjs';
import { compile, setUp } from './setup.mjs';
import { testEnv } from './test-env.mjs';

const isAll = process.argv[2] === '--all';
const args = process.argv.slice(isAll ? 3 : 2);
const only = args[0] === '--only' ? (args[1] ?? '') : null;
/** Files, and vitest's own options. */
const forVitest = only === null ? args : args.slice(2);
if (only === null && forVitest.length > 0 && args[0] !== '--help') {
  process.stderr.write(
    `${forVitest[0]}: name a step first, as in \`--only unit ${forVitest[0]}\`.\n`,
  );
  process.exit(2);
}

const env = testEnv(isAll ? 'full' : 'short');
const bin = (...path) => join(root, 'node_modules', ...path);

/** A tool whose output matters only when it fails. Counts as one failure then, and as no test otherwise. */
const check = (name, ...args) => ({
  name,
  async run() {
    const { code, output } = await withProgress(name, () =>
      runQuietly(process.execPath, args, env),
    );
    if (code !== 0) process.stderr.write(output);
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  },
});

/** Tests that a program runs with vitest, which takes its options behind the program's own. */
async function runTests(name, program) {
  const report = join(root, 'node_modules', '.cache', 'honeyhive', `tests-${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const options = [...program, ...reporters, ...forVitest];
  // These test what is published, which is not bundled.
  const { TEST_COMMAND: _bundled, ...asPublished } = env;
  const code = await runInForeground(process.execPath, options, {
    cwd: root,
    env: name === 'e2e' ? asPublished : env,
  });
  return countTests(report, code);
}

/** The tests of vitest projects, which run beside each other: see `stages` in `vitest.config.ts`. */
const tests = (...names) => ({
  name: names.join('+'),
  run: () =>
    runTests(names.join('+'), [
      bin('vitest', 'vitest.mjs'),
      'run',
      ...names.flatMap((name) => ['--project', name]),
    ]),
});

/** A step that needs a browser, which is installed first if missing. */
const inBrowser = ({ name, run }) => ({
  name,
  async run() {
    try {
      env.CHROMIUM_PATH = await ensureTestBrowser();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      return { passed: 0, failed: 1 };
    }
    return run();
  },
});

/** HoneyHive's Python SDK, where it can be had. */
const interop = {
  name: 'interop',
  async run() {
    const script = join(root, 'scripts', 'interop.mjs');
    const { code, output } = await runQuietly(process.execPath, [script, '--install'], env);
    if (code === 0) return runTests('interop', [script]);
    process.stderr.write(output);
    return { passed: 0, failed: 0, leftOut: 'the SDK cannot be installed here' };
  },
};

/** A step that needs programs of the system: they are installed first when they are missing. */
const withPrograms = (ensure, { name, run }) => ({
  name,
  async run() {
    try {
      await ensure();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      return { passed: 0, failed: 1 };
    }
    return run();
  },
});

/** The stores and the service again, with all metadata in PostgreSQL. */
const onPostgres = {
  name: 'postgres',
  async run() {
    env.TEST_METADATA = 'postgres';
    try {
      return await tests('engine', 'conformance').run();
    } finally {
      delete env.TEST_METADATA;
    }
  },
};

/**
 * A file that cannot be loaded has no tests to fail; it is one failure. So is a run that ends badly in any other way.
 */
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

const quickSteps = [
  check('format', bin('oxfmt', 'bin', 'oxfmt'), '--check', '.'),
  check('types', bin('typescript', 'bin', 'tsc'), '-b'),
  check('lint', bin('oxlint', 'bin', 'oxlint')),
  check('unused', bin('knip', 'bin', 'knip.js'), '--no-progress'),
  check('boundaries', join(root, 'scripts', 'check-boundaries.mjs')),
  check('contract', join(root, 'scripts', 'check-contract.mjs')),
  check('lock file', join(root, 'scripts', 'check-lock.mjs')),
  check('words', join(root, 'scripts', 'check-words.mjs')),
  check('generated', join(root, 'scripts', 'generate.mjs'), '--check'),
  check('budget', join(root, 'scripts', 'check-ui-budget.mjs')),
  tests('unit'),
  withPrograms(ensurePostgres, tests('engine', 'store-remote', 'process', 'docs', 'conformance')),
  withPrograms(ensurePostgres, inBrowser(tests('faults', 'ui'))),
  withPrograms(ensurePostgres, withPrograms(ensureProxies, tests('e2e'))),
];
const longSteps = [
  tests('conformance-remote'),
  withPrograms(ensurePostgres, onPostgres),
  inBrowser(tests('long')),
  interop,
];
/** Parts of a step, which can be run alone. */
const parts = [
  ...['store-remote', 'docs', 'conformance'].map((name) => tests(name)),
  tests('store-remote', 'conformance-remote'),
  ...['engine', 'process', 'faults'].map((name) => withPrograms(ensurePostgres, tests(name))),
  inBrowser(tests('ui')),
];

const namesOf = (steps) => steps.map(({ name }) => name).join(', ');
if (args[0] === '--help') {
  process.stdout.write(`npm test [-- --only STEP [FILE …]]
npm run test:all [-- --only STEP [FILE …]]

Runs every check and every test, fast to slow, and stops at the first step that fails. Sets up what it needs.
npm test takes ten minutes on two quiet processors, of which the unit tests take less than one. npm run test:all
takes half an hour: more cases of each property, three rounds of each fault, every screen in all themes and sizes, and
four steps more.

  --only STEP  one step: ${namesOf([...quickSteps, ...parts])}; of test:all also: ${namesOf(longSteps)}
  FILE         part of a file's name, or an option of vitest, such as -t NAME; default: all files of the step.
`);
  process.exit(0);
}

function chooseSteps() {
  if (only === null) return isAll ? [...quickSteps, ...longSteps] : quickSteps;
  const all = [...quickSteps, ...parts, ...longSteps];
  const chosen = all.filter(({ name }) => only === name);
  if (chosen.length > 0) return chosen;
  process.stderr.write(`--only ${only}: must be one of ${namesOf(all)}.\n`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const chosen = chooseSteps();
await setUp();
// What vitest loads before the tests, it takes as it is built: of every package.
await compile('.');
env.TEST_COMMAND = await bundleCommand();
for (const [index, { name, run }] of chosen.entries()) {
  const startedAt = Date.now();
  const { passed, failed, leftOut } = await run();
  total.passed += passed;
  total.failed += failed;
  const place = `[${index + 1}/${chosen.length}]`;
  const verdict = leftOut ? `LEFT OUT: ${leftOut}` : failed === 0 ? 'ok' : 'FAILED';
  const time = formatSeconds(Date.now() - startedAt);
  process.stdout.write(`${place} ${name}: ${verdict}, ${time}\n`);
  if (failed > 0) break;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
