import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { backupEvents, restoreEvents } from './engine-backup.ts';
import type { EventFingerprint } from '../../domain/event-store.ts';
import { makePrivate, makePrivateFile } from '../private-folder.ts';
import { copyMetadata, findMetadataDamage } from '../metadata/metadata-copy.ts';

/** What a backup holds; written last, so that a backup without it is not whole. */
export interface BackupManifest {
  readonly format: 'honeyhive-backup';
  readonly version: 1;
  /** Version of honeyhive that wrote it. */
  readonly writtenBy: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly events: EventFingerprint;
  /** SHA-256 of the copy of the metadata store, in hexadecimal. */
  readonly metadataHash: string;
}

/** A backup that cannot be made or restored. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code = 'backup_refused';
}

const metadataName = 'metadata.db';
const eventsName = 'events';
const manifestName = 'backup.json';
/** Where a restore grows until it is whole. */
const restoringName = 'restoring';

/**
 * Writes a backup of the data folder into a new folder: the events by the engine's own BACKUP, the metadata store by
 * SQLite's own copy. The caller holds the lock of the data folder.
 *
 * @throws {BackupError} there is no data, or something is in the folder of the backup
 */
export async function writeBackup(
  dataDir: string,
  backupDir: string,
  about: Pick<BackupManifest, 'writtenBy' | 'createdAt'>,
): Promise<BackupManifest> {
  if (!(await isThere(join(dataDir, metadataName))))
    throw new BackupError(`there is no data in ${dataDir}`);
  const folder = resolve(backupDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new BackupError(`${backupDir} is not empty: a backup needs a new folder`);
  await makePrivate(folder);
  const metadata = join(folder, metadataName);
  await makePrivateFile(metadata);
  copyMetadata(join(dataDir, metadataName), metadata);
  const events = await backupEvents({
    data: join(dataDir, eventsName),
    backup: join(folder, eventsName),
  });
  const metadataHash = await hashFile(metadata);
  const manifest = {
    format: 'honeyhive-backup',
    version: 1,
    ...about,
    events,
    metadataHash,
  } as const;
  await writeWhole(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Restores a backup into a new data folder, compares checksums, and only then moves it into place. Can be run again
 * after an interruption. The caller holds the lock of the data folder.
 *
 * @throws {BackupError} the folder has data, or the backup is not whole, damaged or of a newer version
 */
export async function restoreBackup(backupDir: string, dataDir: string): Promise<BackupManifest> {
  const folder = resolve(backupDir);
  const manifest = await readManifest(folder);
  await makeRoom(dataDir);
  const restoring = join(resolve(dataDir), restoringName);
  await mkdir(restoring, { recursive: true, mode: 0o700 });
  const metadata = join(restoring, metadataName);
  if ((await hashFile(join(folder, metadataName))) !== manifest.metadataHash)
    throw new BackupError(`${join(backupDir, metadataName)} is damaged: its checksum is another`);
  copyMetadata(join(folder, metadataName), metadata);
  const damage = findMetadataDamage(metadata);
  if (damage !== null) throw new BackupError(`${metadata} is damaged: ${damage}`);
  const events = await restoreEvents({
    data: join(restoring, eventsName),
    backup: join(folder, eventsName),
  }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BackupError(`the engine refuses the backup: ${reason}`, { cause });
  });
  const { count, hash } = manifest.events;
  if (events.count !== count || events.hash !== hash) {
    throw new BackupError(
      `what was restored differs from what was backed up: ${events.count} events instead of ${count}, checksum ${events.hash} instead of ${hash}`,
    );
  }
  await chmod(metadata, 0o600);
  await chmod(join(restoring, eventsName), 0o700);
  // The metadata store last: with it, the folder has data.
  await rename(join(restoring, eventsName), join(dataDir, eventsName));
  await rename(metadata, join(dataDir, metadataName));
  await rm(restoring, { recursive: true, force: true });
  return manifest;
}

/** Removes the remains of an interrupted restore. */
async function makeRoom(dataDir: string): Promise<void> {
  const restoring = join(dataDir, restoringName);
  const wasCutOff = await isThere(restoring);
  const hasMetadata = await isThere(join(dataDir, metadataName));
  const hasEvents = await isThere(join(dataDir, eventsName));
  if (hasMetadata || (hasEvents && !wasCutOff))
    throw new BackupError(`${dataDir} has data already: a backup is restored to a new folder`);
  await rm(restoring, { recursive: true, force: true });
  await rm(join(dataDir, eventsName), { recursive: true, force: true });
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((cause: unknown) => {
    throw new BackupError(`${folder} holds no whole backup: there is no ${manifestName}`, {
      cause,
    });
  });
  const value = parse(text);
  if (readField(value, 'format') !== 'honeyhive-backup')
    throw new BackupError(`${join(folder, manifestName)} is not of a backup`);
  const version = readField(value, 'version');
  if (version !== 1) {
    throw new BackupError(
      `the backup has version ${String(version)} of the format, this honeyhive reads version 1: restore it with the honeyhive that wrote it, or a newer one`,
    );
  }
  if (!isManifest(value)) throw new BackupError(`${join(folder, manifestName)} is damaged`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller: not of a backup.
    return null;
  }
}

const readField = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function isManifest(value: unknown): value is BackupManifest {
  const events = readField(value, 'events');
  return (
    typeof readField(value, 'writtenBy') === 'string' &&
    typeof readField(value, 'createdAt') === 'number' &&
    typeof readField(value, 'metadataHash') === 'string' &&
    typeof readField(events, 'count') === 'number' &&
    typeof readField(events, 'hash') === 'string'
  );
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** On the disk under its name only when it is whole. */
async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
