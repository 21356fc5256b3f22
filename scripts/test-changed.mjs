// `npm run test:changed`: the tests beside the sources that a change can break, by what they import.
import './node-version.mjs';
import { join } from 'node:path';
import { root, runInForeground } from './child.mjs';
import { setUp } from './setup.mjs';
import { testEnv } from './test-env.mjs';

const [since = '', ...others] = process.argv.slice(2);
if (since === '--help') {
  process.stdout.write(`npm run test:changed [-- COMMIT]

Runs the unit, engine and process tests that import, at any depth, a file that changed. Takes seconds.
Tests that talk to a service or a browser import nothing of it: npm test runs those.
  COMMIT  what changed since it, such as main or HEAD~1; default: what is not committed.
`);
  process.exit(0);
}
if (since.startsWith('-') || others.length > 0) {
  process.stderr.write(`${[since, ...others].join(' ')}: must be one commit, or nothing.\n`);
  process.exit(2);
}

await setUp();
const projects = ['unit', 'engine', 'process'].flatMap((name) => ['--project', name]);
process.exitCode = await runInForeground(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    since === '' ? '--changed' : `--changed=${since}`,
    '--passWithNoTests',
    ...projects,
  ],
  { cwd: root, env: testEnv('short') },
);
