// `npm run coverage`: how much of each package the tests reach. Figures to look at, not to pass.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, runInForeground } from './child.mjs';
import { setUp } from './setup.mjs';
import { testEnv } from './test-env.mjs';

if (process.argv[2] === '--help') {
  process.stdout.write(`npm run coverage

Runs the unit, engine, process and conformance tests, and prints which share of each package's lines and branches ran in
the process of a test. A service that a test starts is its own process and is not counted, so the figures of the
server and of the command line are lower bounds. A page for each file: coverage/index.html. Takes about 6 minutes.
`);
  process.exit(0);
}

const folder = join(root, 'coverage');
const projects = ['unit', 'engine', 'process', 'conformance'];
const options = {
  'coverage.enabled': 'true',
  'coverage.provider': 'v8',
  'coverage.include': 'packages/*/src/**/*.{ts,tsx}',
  'coverage.exclude': '**/testing/**',
  'coverage.reportsDirectory': folder,
  'coverage.reportOnFailure': 'true',
};
const reporters = ['json-summary', 'html'].map((name) => `--coverage.reporter=${name}`);

await setUp();
process.exitCode = await runInForeground(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ...reporters,
  ],
  { cwd: root, env: testEnv('short') },
);

const { total: _all, ...files } = JSON.parse(
  readFileSync(join(folder, 'coverage-summary.json'), 'utf8'),
);
const sums = new Map();
for (const [path, { lines, branches }] of Object.entries(files)) {
  const name = relative(join(root, 'packages'), path).split(/[/\\]/)[0];
  const sum = sums.get(name) ?? { lines: [0, 0], branches: [0, 0] };
  sums.set(name, {
    lines: [sum.lines[0] + lines.covered, sum.lines[1] + lines.total],
    branches: [sum.branches[0] + branches.covered, sum.branches[1] + branches.total],
  });
}
const percent = ([covered, count]) => `${((100 * covered) / Math.max(count, 1)).toFixed(1)} %`;
for (const [name, { lines, branches }] of [...sums].toSorted(([a], [b]) => a.localeCompare(b))) {
  process.stdout.write(
    `${name.padEnd(8)} lines ${percent(lines).padStart(7)}  branches ${percent(branches).padStart(7)}\n`,
  );
}
