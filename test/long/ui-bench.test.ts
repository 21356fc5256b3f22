import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('what the pages show of a generated load is all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'honeyhive-ui-bench-'));
  const json = join(folder, 'figures.json');
  try {
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['scripts/bench.mjs', 'ui', '--short', `--json=${json}`],
      { cwd: root, env: { ...process.env, HH_BENCH_DIR: folder } },
    );

    expect(stderr).not.toContain('WRONG');
    const { checked, figures } = JSON.parse(await readFile(json, 'utf8')) as {
      checked: number;
      figures: { name: string }[];
    };
    expect(checked).toBeGreaterThan(10);
    expect(figures.map(({ name }) => name)).toContain('list: from a facet to its rows');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
