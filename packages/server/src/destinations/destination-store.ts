import { targetKinds } from '../domain/alert-target.ts';
import { choice, describeRecord, integer, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

/** Where notifications of alerts go to. */
export const destinationRecord = describeRecord({
  id: plain,
  project_id: plain,
  /** Unique in its project. */
  name: text,
  kind: choice(targetKinds),
  /** `alert`: for the `notification_details` of an alert. */
  made_by: choice(['caller', 'alert']),
  /** A target with its secrets, sealed for the id. */
  sealed: plain,
  created_at: integer,
  updated_at: integer,
});

export type StoredDestination = RecordOf<typeof destinationRecord>;

/** Destinations of alerts. */
export interface DestinationStore {
  listDestinations(projectId: string): Promise<StoredDestination[]>;
  /** null when the project has no such destination. */
  findDestination(projectId: string, id: string): Promise<StoredDestination | null>;
  /** `'taken'`: another one has the name; `'full'`: callers made as many as there may be. */
  createDestination(
    destination: StoredDestination,
    options: { mostPerProject: number },
  ): Promise<StoredDestination | 'taken' | 'full'>;
  /** null when it is gone; `'taken'`: another one has the name. */
  updateDestination(
    place: Pick<StoredDestination, 'projectId' | 'id'>,
    change: Partial<Pick<StoredDestination, 'name' | 'sealed'>>,
    now: number,
  ): Promise<StoredDestination | 'taken' | null>;
  /** False when the project has no such destination. What was not delivered to it yet is dead. */
  deleteDestination(projectId: string, id: string): Promise<boolean>;
}
