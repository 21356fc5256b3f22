import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { createKeyUses } from './key-uses.ts';
import { openTestMetadata } from '../store/testing/open-test-metadata.ts';

const folder = await mkdtemp(join(tmpdir(), 'honeyhive-key-uses-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const minutes: (() => void)[] = [];
let nowMs = 1_000;
const clock = {
  now: () => nowMs,
  every: (_intervalMs: number, run: () => void) => {
    minutes.push(run);
    return () => undefined;
  },
};

test('a use is visible immediately, and saved every minute and at the end', async () => {
  const metadata = await openTestMetadata(folder);
  const { record } = await metadata.createKey({ name: 'k', access: 'read', projectId: null }, 1);
  const uses = createKeyUses({ metadata, clock, logger: pino({ level: 'silent' }) });

  uses.note(record.id);
  expect(await uses.list()).toEqual(new Map([[record.id, 1_000]]));
  expect(await metadata.listKeyUses()).toEqual(new Map());
  for (const minute of minutes) minute();
  await expect.poll(() => metadata.listKeyUses()).toEqual(new Map([[record.id, 1_000]]));

  nowMs = 2_000;
  uses.note(record.id);
  await uses.close();
  expect(await metadata.listKeyUses()).toEqual(new Map([[record.id, 2_000]]));
  await metadata.close();
});

test('uses that cannot be saved are kept and reported', async () => {
  const metadata = await openTestMetadata(folder);
  const [key] = await metadata.listKeys();
  const lines: string[] = [];
  const logger = pino({ level: 'error' }, { write: (line) => void lines.push(line) });
  const closed = await openTestMetadata(folder);
  const uses = createKeyUses({
    metadata: { listKeyUses: metadata.listKeyUses, saveKeyUses: closed.saveKeyUses },
    clock,
    logger,
  });
  await closed.close();

  nowMs = 3_000;
  uses.note(key?.id ?? '');
  await uses.close();

  expect(lines.join('')).toContain('could not be saved');
  expect(await uses.list()).toEqual(new Map([[key?.id, 3_000]]));
  await metadata.close();
});
