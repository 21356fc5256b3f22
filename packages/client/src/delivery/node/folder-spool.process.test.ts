import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../runtime/clock.ts';
import type { Entry } from '../entry.ts';
import { Slab } from '../slab.ts';
import { FolderSpool } from './folder-spool.ts';
import { parseFileName, toFileName } from './segment-name.ts';
import { isRunning, nameOwner } from './segment-owner.ts';

let dir = '';
let turns: (() => void)[] = [];
const opened = new Set<FolderSpool>();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
  turns = [];
});
afterEach(() => {
  for (const spool of opened) spool.close();
  opened.clear();
  rmSync(dir, { recursive: true, force: true });
});

let made = 0;
function open(maxBytes = 1_000_000): FolderSpool {
  const spool = new FolderSpool(
    { dir, maxBytes },
    {
      timers: { after: systemClock.after, soon: (run) => void turns.push(run) },
      now: () => 1,
      newId: () => `id-${++made}`,
      onFileGone: () => undefined,
    },
  );
  opened.add(spool);
  return spool;
}
const endTurn = () => {
  for (const run of turns.splice(0)) run();
};
const slab = new Slab();
const toEntry = (eventId: string): Entry => {
  const text = JSON.stringify({ event_id: eventId, session_id: 's' });
  return {
    eventId,
    sessionId: 's',
    sequence: 1,
    ...slab.write('', text),
    isHeld: true,
    isQueued: true,
    outcome: null,
    onSettled: null,
  };
};
const adoptIds = (spool: FolderSpool): string[] => {
  const ids: string[] = [];
  spool.adopt({
    hasRoom: () => true,
    take(event) {
      ids.push(event.eventId);
      return toEntry(event.eventId);
    },
  });
  return ids;
};
const logTo = (spool: FolderSpool, ...ids: string[]): Entry[] => {
  const entries = ids.map(toEntry);
  for (const entry of entries) spool.append(entry);
  endTurn();
  return entries;
};

/** The files as they would be if their process was gone. */
async function orphan(): Promise<void> {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  for (const file of readdirSync(dir)) {
    const name = parseFileName(file);
    const owner = `${child.pid}.1.${nameOwner().split('.')[2] ?? ''}`;
    if (name !== null) renameSync(join(dir, file), join(dir, toFileName({ ...name, owner })));
  }
}

test('a turn is one file, which goes when everything in it is settled', () => {
  const spool = open();
  const [first, second] = logTo(spool, 'a', 'b');
  expect(readdirSync(dir)).toHaveLength(1);

  if (first) spool.settle(first, null);
  endTurn();
  expect(readFileSync(join(dir, readdirSync(dir)[0] ?? ''), 'utf8')).toMatch(/\["a"\]\n$/);
  if (second) spool.settle(second, { reason: 'rejected', message: '' });
  endTurn();

  expect(readdirSync(dir)).toEqual([]);
});

test('what a process that is gone has left is taken over once', async () => {
  const [first] = logTo(open(), 'a', 'b', 'c');
  await orphan();
  expect(first).toBeDefined();

  expect(adoptIds(open())).toEqual(['a', 'b', 'c']);
  expect(adoptIds(open())).toEqual([]);
});

test('what belongs to a process that is running is left alone', () => {
  logTo(open(), 'a');

  expect(isRunning(nameOwner())).toBe(true);
  expect(adoptIds(open())).toEqual([]);
});

test('what is left at the end of the client is there for the next one', () => {
  const spool = open();
  const [first] = logTo(spool, 'a', 'b');
  if (first) spool.settle(first, { reason: 'closed', message: '' });
  spool.close();

  expect(adoptIds(open())).toEqual(['a', 'b']);
});

test('events beyond the room are counted, and are in memory only', () => {
  const spool = open(100);
  const [first, second, third] = logTo(spool, 'a', 'b', 'c');

  expect(spool.unspooled).toBe(1);
  expect([first, second, third].map((entry) => entry && spool.holds(entry))).toEqual([
    true,
    true,
    false,
  ]);
});

test('a folder that cannot be one is refused, and one that goes away stops nothing', () => {
  const spool = open();
  rmSync(dir, { recursive: true });
  logTo(spool, 'a');
  expect(spool.unspooled).toBe(1);

  writeFileSync(dir, 'a file');
  expect(() => open()).toThrow(/spool\.dir must be a folder/);
});
