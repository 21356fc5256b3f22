// `npm run test:node24`: tests on Node.js 24, whichever version runs this. Its program comes from npm, once: users of
// the packages do not install it.
import './node-version.mjs';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npmCommand, root, runInForeground, runQuietly } from './child.mjs';
import { withProgress } from './progress.mjs';

const version = '24.22.3';
const steps = process.argv.length > 2 ? process.argv.slice(2) : ['unit', 'conformance'];
if (steps[0] === '--help') {
  process.stdout.write(`npm run test:node24 [-- STEP …]

Runs steps of npm test on Node.js ${version}, which is fetched from npm when it is missing (Linux and macOS).
  STEP  names of steps, such as unit, engine or faults; default: unit conformance.
`);
  process.exit(0);
}

const name = `node-${process.platform}-${process.arch}`;
const folder = join(root, 'node_modules', '.cache', 'honeyhive', `node-${version}`);
const node = join(folder, 'node_modules', name, 'bin', 'node');
if (!existsSync(node)) {
  const options = ['--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const [command, args] = npmCommand(['install', ...options, `${name}@${version}`]);
  const { code, output } = await withProgress(`fetching Node.js ${version}`, () =>
    runQuietly(command, args),
  );
  if (code !== 0) {
    process.stderr.write(`${output}\nNode.js ${version} could not be fetched.\n`);
    process.exit(1);
  }
}

const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
for (const step of steps) {
  const args = [join(root, 'scripts', 'test.mjs'), '--only', step];
  process.exitCode = await runInForeground(node, args, { cwd: root, env });
  if (process.exitCode !== 0) break;
}
