// `npm run test:faults -- --rounds 50`: the fault tests, each repeated.
import './node-version.mjs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runInForeground } from './child.mjs';
import { ensurePostgres } from './postgres.mjs';
import { setUp } from './setup.mjs';
import { testEnv } from './test-env.mjs';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(`npm run test:faults [-- --rounds N] [FILE …]

Ends, stops and starves the service and the client while they work, and looks whether anything is lost.
  --rounds N  how often each fault is repeated; default 5. 50 rounds take half an hour to an hour.
  FILE        part of the name of a file in test/faults, such as kill-nine; default: all.
`);
  process.exit(0);
}
if (!/^[1-9]\d{0,4}$/.test(values.rounds)) {
  process.stderr.write(`--rounds ${values.rounds}: must be a whole number from 1.\n`);
  process.exit(2);
}

await setUp();
await ensurePostgres();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await runInForeground(
  process.execPath,
  [vitest, 'run', '--project', 'faults', ...positionals],
  { cwd: root, env: { ...testEnv('full'), FAULT_ROUNDS: values.rounds } },
);
