import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../runtime/clock.ts';
import type { Entry } from '../entry.ts';
import { Slab } from '../slab.ts';
import { FolderSpool } from './folder-spool.ts';
import { parseFileName, toFileName } from './segment-name.ts';
import { isRunning, nameOwner } from './segment-owner.ts';

let dir = '';
let warnings: string[] = [];
let turns: (() => void)[] = [];
const opened = new Set<FolderSpool>();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'spool-'));
  turns = [];
  warnings = [];
});
afterEach(() => {
  for (const spool of opened) spool.close();
  opened.clear();
  rmSync(dir, { recursive: true, force: true });
});

let made = 0;
function open(maxBytes = 1_000_000, folder = dir): FolderSpool {
  const spool = new FolderSpool(
    { dir: folder, maxBytes },
    {
      timers: { after: systemClock.after, soon: (run) => void turns.push(run) },
      now: () => 1,
      newId: () => `id-${++made}`,
      warn: (message) => void warnings.push(message),
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

test('an invalid folder is rejected, and one that disappears stops nothing', () => {
  const spool = open();
  rmSync(dir, { recursive: true });
  logTo(spool, 'a');
  expect(spool.unspooled).toBe(1);

  writeFileSync(dir, 'a file');
  expect(() => open()).toThrow(/spool\.dir must be a folder/);
});

/** Files have owners here, and those of others cannot be trusted. */
const hasOwners = process.geteuid !== undefined;
const isRoot = process.geteuid?.() === 0;
/** A user that this process is not. */
const somebody = 65_534;

describe.runIf(hasOwners)('a spool folder that others may write to', () => {
  test.each([
    ['anybody', 0o777],
    ['anybody, as in /tmp', 0o1777],
    ['its group', 0o770],
    ['others', 0o702],
  ])('is refused: %s', (_, mode) => {
    chmodSync(dir, mode);

    expect(() => open()).toThrow(
      new RegExp(
        `spool.dir must be a folder that nobody else can write to.*${dir}.*mode ${mode.toString(8).padStart(4, '0')}.*chmod 700`,
      ),
    );
  });

  test('is refused as a symbolic link to one that is fine', () => {
    const real = join(dir, 'real');
    const link = join(dir, 'link');
    mkdirSync(real, { mode: 0o700 });
    symlinkSync(real, link);

    expect(() => open(1000, link)).toThrow(/link: it is a symbolic link/);
  });

  test('is refused when it belongs to another user', () => {
    // Root gives one away; any other user finds the root folder to be another's.
    if (isRoot) chownSync(dir, somebody, somebody);
    const folder = isRoot ? dir : '/';

    expect(() => open(1000, folder)).toThrow(
      /it belongs to user \d+, and this process is user \d+/,
    );
  });

  test('is one that nobody else may write to when the client makes it', () => {
    rmSync(dir, { recursive: true });
    open();

    expect(lstatSync(dir).mode & 0o777).toBe(0o700);
  });
});

describe.runIf(hasOwners)('a spool file that others may have written', () => {
  const plant = (): string => {
    const path = join(
      dir,
      toFileName({ order: '000000000000001-000000001', owner: 'free', id: 'x' }),
    );
    writeFileSync(path, `${JSON.stringify({ event_id: 'planted', session_id: 's' })}\n`, {
      mode: 0o600,
    });
    return path;
  };

  test('is sent when it is ours alone', () => {
    plant();

    expect(adoptIds(open())).toEqual(['planted']);
  });

  const faults: [name: string, plant: () => string, message: RegExp][] = [
    [
      'one that its group may write to',
      () => {
        const path = plant();
        chmodSync(path, 0o660);
        return path;
      },
      /mode 0660/,
    ],
    [
      'one that anybody may write to',
      () => {
        const path = plant();
        chmodSync(path, 0o602);
        return path;
      },
      /mode 0602/,
    ],
    [
      'a symbolic link',
      () => {
        const path = plant();
        renameSync(path, join(dir, 'elsewhere'));
        symlinkSync(join(dir, 'elsewhere'), path);
        return path;
      },
      /symbolic link/,
    ],
    [
      'a hard link',
      () => {
        const path = plant();
        linkSync(path, join(dir, 'elsewhere'));
        return path;
      },
      /second name/,
    ],
    [
      'a folder',
      () => {
        const path = plant();
        rmSync(path);
        mkdirSync(path);
        return path;
      },
      /not a regular file/,
    ],
    [
      'a pipe, which nobody writes to',
      () => {
        const path = plant();
        rmSync(path);
        spawnSync('mkfifo', ['-m', '600', path]);
        return path;
      },
      /not a regular file/,
    ],
  ];

  test.each(faults)('is left where it is, counted and named: %s', (_, make, message) => {
    const path = make();
    const spool = open();

    expect(adoptIds(spool)).toEqual([]);
    expect(adoptIds(spool)).toEqual([]);

    expect(existsSync(path)).toBe(true);
    expect(spool.refusedFiles).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toContain(path);
  });

  test.runIf(isRoot)('is left where it is when it belongs to another user', () => {
    chownSync(plant(), somebody, somebody);
    const spool = open();

    expect(adoptIds(spool)).toEqual([]);
    expect(spool.refusedFiles).toBe(1);
    expect(warnings).toEqual([expect.stringContaining(`belongs to user ${somebody}`)]);
  });

  test('does not keep the others from being sent', () => {
    chmodSync(plant(), 0o666);
    const path = join(
      dir,
      toFileName({ order: '000000000000002-000000001', owner: 'free', id: 'y' }),
    );
    writeFileSync(path, `${JSON.stringify({ event_id: 'own', session_id: 's' })}\n`, {
      mode: 0o600,
    });

    expect(adoptIds(open())).toEqual(['own']);
  });

  test('is not written to either: where a link takes the place of a file, events stay in memory', () => {
    const spool = open();
    logTo(spool, 'a');
    const [file = ''] = readdirSync(dir);
    const target = join(dir, 'target');
    writeFileSync(target, 'as it was');
    rmSync(join(dir, file));
    symlinkSync(target, join(dir, file));
    spool.close();
    opened.delete(spool);
    adoptIds(open());

    expect(readFileSync(target, 'utf8')).toBe('as it was');
  });
});
