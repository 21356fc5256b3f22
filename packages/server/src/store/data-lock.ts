import Database from 'libsql';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { makePrivateFile } from './private-folder.ts';

/** Who works on a data folder. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** The configured port of the process; null if it does not listen. */
  readonly port: number | null;
}

export interface DataLock {
  /** Lets the next process in. Safe to call twice. */
  release(): Promise<void>;
}

/** Another process works on the data folder. */
export class DataLockedError extends Error {
  override readonly name = 'DataLockedError';
  readonly code = 'data_locked';
  /** null when that process died or stopped just now, or has not said who it is. */
  readonly holder: LockHolder | null;

  constructor(message: string, holder: LockHolder | null, options?: ErrorOptions) {
    super(message, options);
    this.holder = holder;
  }
}

/** A look at the lock takes it for microseconds; a start has to sit that out. */
const acquireWaitMs = 200;

/** The lock of the operating system is on this file: it goes with the process, however that ends. */
const lockPath = (dataDir: string): string => join(dataDir, 'lock.db');
/** What people and `readLock` read; says nothing once the lock is free. */
const holderPath = (dataDir: string): string => join(dataDir, 'lock');

/**
 * Makes this process the only one that works on the data folder, until it releases the lock or dies.
 *
 * The lock is SQLite's exclusive lock on its own file, that is one of the kernel: nothing is left behind by `kill -9`,
 * no recycled process number is mistaken for the holder, and containers that share the folder see it.
 *
 * @param port for the message that another process gets
 * @throws {DataLockedError} naming the holder and what to do
 */
export async function acquireLock(dataDir: string, port: number | null = null): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Who can open it can hold it.
  await makePrivateFile(lockPath(dataDir));
  const database = new Database(lockPath(dataDir), { timeout: acquireWaitMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    const holder = await readHolder(dataDir);
    throw new DataLockedError(describe(dataDir, holder), holder, { cause: error });
  }
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    startedAt: systemClock.now(),
    port,
  };
  await writeHolder(dataDir, holder);
  let isHeld = true;
  return {
    async release() {
      if (!isHeld) return;
      isHeld = false;
      await rm(holderPath(dataDir), { force: true });
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** Whether a process works on the data folder, and which. */
export interface LockState {
  readonly isHeld: boolean;
  /** null: nobody, or one that had no room to say who it is. */
  readonly holder: LockHolder | null;
}

/** Who works on the data folder now. */
export async function readLock(dataDir: string): Promise<LockState> {
  if (!existsSync(lockPath(dataDir)) || !isLocked(dataDir)) return { isHeld: false, holder: null };
  return { isHeld: true, holder: await readHolder(dataDir) };
}

function isLocked(dataDir: string): boolean {
  const database = new Database(lockPath(dataDir), { timeout: 0 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  /SQLITE_BUSY|database is locked/.test(`${readCode(error)} ${error.message}`);

const readCode = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** A full disk may have no room for it: the lock is held all the same, and a full disk has to be started on. */
async function writeHolder(dataDir: string, holder: LockHolder): Promise<void> {
  try {
    await writeFile(holderPath(dataDir), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error) || !['ENOSPC', 'EDQUOT'].includes(readCode(error))) throw error;
  }
}

async function readHolder(dataDir: string): Promise<LockHolder | null> {
  try {
    return parseHolder(JSON.parse(await readFile(holderPath(dataDir), 'utf8')));
  } catch {
    // The lock is what counts. Its holder may be about to write the file, or to remove it.
    return null;
  }
}

function parseHolder(value: unknown): LockHolder | null {
  if (typeof value !== 'object' || value === null) return null;
  const field = (name: string): unknown => Reflect.get(value, name);
  const [pid, host, startedAt, port] = [
    field('pid'),
    field('host'),
    field('startedAt'),
    field('port'),
  ];
  if (typeof pid !== 'number' || typeof host !== 'string' || typeof startedAt !== 'number')
    return null;
  return { pid, host, startedAt, port: typeof port === 'number' ? port : null };
}

function describe(dataDir: string, holder: LockHolder | null): string {
  const advice = 'Stop it, or give this one another folder with HH_DATA_DIR.';
  if (!holder) return `Another process works on ${dataDir}. ${advice}`;
  const since = new Date(holder.startedAt).toISOString();
  const where = holder.port === null ? '' : `, port ${holder.port}`;
  return `Process ${holder.pid} on ${holder.host}${where} has worked on ${dataDir} since ${since}. ${advice}`;
}
