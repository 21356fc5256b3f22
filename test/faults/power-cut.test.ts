import { buildEvent, createOperationCaller, startService } from 'honeyhive-testkit';
import type { RunningService } from 'honeyhive-testkit';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { findDifferences } from './account.ts';
import { openLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import { makeLosingDisk } from './losing-disk.ts';
import { roundNumbers, rounds } from './rounds.ts';

const disk = await makeLosingDisk();
const dataDir = disk.path;
let key = '';
let service: RunningService | null = null;

async function start(fsync: 'always' | 'off'): Promise<RunningService> {
  const started = await startService({
    dataDir,
    env: { HH_FSYNC: fsync, HH_LOG_LEVEL: 'error' },
    ...(key === '' ? {} : { key }),
  });
  ({ key } = started);
  return (service = started);
}

/** The machine goes down: its processes are gone, and what was only in the memory of the system. */
async function cutPower(): Promise<void> {
  await service?.kill('SIGKILL');
  disk.cutPower();
}

afterEach(async () => void (await service?.kill('SIGKILL')));
afterAll(() => disk.release());

test.each(roundNumbers)(
  `with HH_FSYNC=always a power cut loses nothing that was acknowledged: round %i of ${rounds}`,
  async (round) => {
    const project = `cut ${round}`;
    const ledger = openLedger();
    const target = await start('always');
    const load = startLoad({ target, project, ledger });
    await load.progress(100);
    const api = createOperationCaller(target);
    const late = { ...buildEvent({ project }), session_id: randomUUID() };
    await api.ok('updateEvent', {
      body: { project, event_id: late.event_id, metadata: { waited: true } },
    });
    await api.ok('updateProjectSettings', {
      params: { project_id: project },
      body: { retention_days: round },
    });

    await cutPower();
    await load.ended;
    const after = createOperationCaller(await start('always'));

    expect(await findDifferences(after, project, ledger)).toEqual([]);
    expect(await after.ok('getProjectSettings', { params: { project_id: project } })).toMatchObject(
      {
        retention_days: round,
      },
    );
    await after.ok('createEvent', { body: { event: late } });
    const session = { params: { session_id: late.session_id }, query: { project } };
    expect(await after.ok('getSessionTree', session)).toMatchObject({
      children: [{ event_id: late.event_id, metadata: { waited: true } }],
    });
  },
);

test('without it, a power cut takes what was stored last, and the service starts with the rest', async () => {
  const project = 'cut without sync';
  const ledger = openLedger();
  const load = startLoad({ target: await start('off'), project, ledger });
  await load.progress(100);
  const kept = [...ledger.acknowledged];
  disk.sync();
  await load.progress(100);

  await cutPower();
  await load.ended;
  const differences = await findDifferences(
    createOperationCaller(await start('off')),
    project,
    ledger,
  );
  const lost = differences.filter((text) => text.startsWith('acknowledged event'));

  expect(lost.length).toBeGreaterThan(0);
  expect(lost.filter((text) => kept.some((id) => text.includes(id)))).toEqual([]);
});
