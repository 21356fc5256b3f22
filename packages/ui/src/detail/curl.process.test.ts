import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printCurl } from './curl.ts';

test('the command for the terminal is one command, whatever the id', () => {
  const id = `a'; touch "$HOME/x" #`;

  const command = printCurl('http://127.0.0.1:4040', id);
  const words = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], {
    env: { HH_API_KEY: 'hh_test' },
    encoding: 'utf8',
  });

  expect(words.trimEnd().split('\n')).toEqual([
    '-s',
    `http://127.0.0.1:4040/v1/events/${encodeURIComponent(id)}`,
    '-H',
    'authorization: Bearer hh_test',
  ]);
});
