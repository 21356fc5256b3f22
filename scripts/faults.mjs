// `npm run test:faults -- --rounds 50`: the fault tests, each repeated.
import './node-version.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runInForeground } from './child.mjs';
import { setUp } from './setup.mjs';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
if (!/^[1-9]\d{0,4}$/.test(values.rounds)) {
  process.stderr.write(`--rounds ${values.rounds}: must be a whole number from 1.\n`);
  process.exit(2);
}

await setUp();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await runInForeground(
  process.execPath,
  [vitest, 'run', '--project', 'faults', ...positionals],
  { cwd: root, env: { ...process.env, HH_FAULT_ROUNDS: values.rounds } },
);
