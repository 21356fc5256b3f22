import { describeRecord, integer, nullable, objectText, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

const patchFields = {
  /** null: the key was not bound to a project, and the request named none. */
  project_id: nullable(plain),
  event_id: text,
  /** The patch, as JSON text. */
  patch: objectText,
  received_at: integer,
};

/** A change to an event that has not arrived yet. */
export const patchRecord = describeRecord(patchFields);
export type PatchRecord = RecordOf<typeof patchRecord>;

/** The same, with its place in the order of arrival. */
export const heldPatchRecord = describeRecord({ sequence: integer, ...patchFields });
export type HeldPatch = RecordOf<typeof heldPatchRecord>;

/** Held patches, counted. */
export interface HeldTotal {
  readonly count: number;
  readonly bytes: number;
}

export interface HeldTotals {
  readonly all: HeldTotal;
  /** null: of no project in particular. */
  of(projectId: string | null): HeldTotal;
}

/** Updates that wait for their event. */
export interface HeldPatchStore {
  /** Durable when it resolves. */
  holdPatches(patches: readonly PatchRecord[]): Promise<void>;
  /** Patches held for these events, in order of arrival: those of the project, and those bound to none. */
  readHeldPatches(projectId: string, eventIds: readonly string[]): Promise<HeldPatch[]>;
  dropHeldPatches(sequences: readonly number[]): Promise<void>;
  /** How many are held, and their size. Reads the table once: this process alone writes to it afterwards. */
  measureHeldPatches(): Promise<HeldTotals>;
  /** Drops those of a project; what was dropped. */
  deleteHeldPatches(projectId: string): Promise<HeldTotal>;
  /** Drops those received before the instant; how many. */
  expireHeldPatches(before: number): Promise<number>;
}
