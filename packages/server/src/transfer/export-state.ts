import { open, readFile, rename } from 'node:fs/promises';
import type { ExportPosition } from './export-lines.ts';
import { Fields } from '../domain/fields.ts';
import { readCounts } from './record-fields.ts';

/** What is kept beside an export that is not whole, so that it can continue. */
export interface ExportState {
  /** What is exported, and by which version: any other export starts over. */
  readonly subject: string;
  /** Fingerprint of the data: changed data are exported from the start. */
  readonly fingerprint: string;
  /** Bytes of the file that are whole and on the disk; `position` is where they end. */
  readonly bytes: number;
  readonly position: ExportPosition;
}

/** Where the state of an export is kept. */
export const statePath = (partialPath: string): string => `${partialPath}.state`;

/** Writes the state so that it is the old one or the new one, whenever the process or the machine dies. */
export async function writeState(path: string, state: ExportState): Promise<void> {
  const next = `${path}.new`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
}

/** The state of an earlier attempt; null if absent, or none that can be read. */
export async function readState(path: string): Promise<ExportState | null> {
  try {
    return toState(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Whatever is wrong with it, the export can start over.
    return null;
  }
}

/** @throws {TypeError} naming the field that is wrong */
function toState(value: unknown): ExportState {
  const fields = new Fields(value);
  const position = new Fields(fields.object('position'));
  const after = new Fields(position.object('after'));
  return {
    subject: fields.text('subject'),
    fingerprint: fields.text('fingerprint'),
    bytes: fields.integer('bytes'),
    position: {
      projectId: position.text('projectId'),
      after: {
        startTime: after.number('startTime'),
        sessionId: after.text('sessionId'),
        eventId: after.text('eventId'),
      },
      live: position.integer('live'),
      counts: readCounts(new Fields(position.object('counts'))),
    },
  };
}
