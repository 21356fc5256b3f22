import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every answer of the service on a generated load is that of a plain model', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'honeyhive-store-bench-'));
  const json = join(folder, 'figures.json');
  try {
    const { stderr, stdout } = await promisify(execFile)(
      process.execPath,
      ['scripts/bench.mjs', 'store', '--short', `--json=${json}`],
      { cwd: root, env: { ...process.env, HH_BENCH_DIR: folder } },
    );

    expect(stderr).not.toContain('WRONG');
    expect(stdout).toContain('one event by id');
    const { results } = JSON.parse(await readFile(json, 'utf8')) as {
      results: { checked: number }[];
    };
    expect(results[0]?.checked).toBeGreaterThan(20);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
