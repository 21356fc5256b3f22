// npm run bench [-- NAME …]: sets up, then runs the benchmarks in test/bench.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile, setUp } from './setup.mjs';

const folder = fileURLToPath(new URL('../test/bench/', import.meta.url));
const known = (await readdir(folder))
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));

if (flags.includes('--help')) {
  console.log(`npm run bench [-- ${known.join(' | ')}] [--seconds N] [--json]

Each benchmark measures a floor in the same run and prints the ratio to it.
npm run bench -- peers --with=langsmith,posthog (or --with=all) puts the client beside those of the field, which it
installs into .bench/peers; --scenarios=away-30s,end-exit takes some of the scenarios.
npm run bench -- ui --only=load,session,payload,list,memory,live takes some of its parts.`);
  process.exit(0);
}
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

await setUp();
await compile('packages/testkit');
for (const name of asked.length > 0 ? asked : known) {
  const child = spawn(process.execPath, [`${folder}${name}.bench.mjs`, ...flags], {
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) process.exit(typeof code === 'number' ? code : 1);
}
