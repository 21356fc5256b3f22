import { Session } from 'chdb';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventFingerprint } from '../../domain/event-store.ts';
import { toLiteral } from '../events/engine/bound-sql.ts';
import { toFingerprint } from '../events/reads/event-fingerprint.ts';
import { eventTable } from '../events/rows/event-row.ts';
import { RowBinaryCursor } from '../events/engine/row-binary.ts';

/** Where the engine's data and its backup are; nobody else may have the data open. */
export interface EngineBackupPaths {
  /** Folder of the engine. */
  readonly data: string;
  /** Folder of the backup; made by it, absolute. */
  readonly backup: string;
}

/** Writes the engine's own backup of all events. */
export async function backupEvents(paths: EngineBackupPaths): Promise<EventFingerprint> {
  return withSession(paths, async (session) => {
    const fingerprint = await readFingerprint(session);
    await session.queryAsync(`BACKUP DATABASE honeyhive TO File(${toLiteral(paths.backup)})`);
    return fingerprint;
  });
}

/** Makes an engine's folder out of what {@link backupEvents} wrote. The engine checks every file as it copies it. */
export async function restoreEvents(paths: EngineBackupPaths): Promise<EventFingerprint> {
  return withSession(paths, async (session) => {
    await session.queryAsync(`RESTORE DATABASE honeyhive FROM File(${toLiteral(paths.backup)})`);
    return readFingerprint(session);
  });
}

/**
 * Of every column of every event that is not deleted: it proves that all of it was copied. As a tuple: of a row with a
 * NULL among its columns, the hash would be NULL.
 */
async function readFingerprint(session: Session): Promise<EventFingerprint> {
  const sql = `SELECT count(), hex(groupBitXor(sipHash64(tuple(*)))) FROM honeyhive.${eventTable} FINAL`;
  const result = await session.queryAsync(sql, { format: 'RowBinary' });
  return toFingerprint(new RowBinaryCursor(Buffer.from(result.bytes())));
}

/**
 * The engine writes backups only below a folder that its configuration names, and that it reads once, when it opens.
 */
async function withSession<Result>(
  paths: EngineBackupPaths,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'honeyhive-engine-'));
  try {
    const config = join(folder, 'config.xml');
    const allowed = toXmlText(dirname(paths.backup));
    await writeFile(
      config,
      `<clickhouse><backups><allowed_path>${allowed}</allowed_path></backups></clickhouse>\n`,
    );
    const session = new Session(paths.data, { connectionArgs: [`--config-file=${config}`] });
    try {
      return await work(session);
    } finally {
      session.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const toXmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
