import { describeRecord, integer, objectText, plain, text } from '../domain/record.ts';
import type { RecordOf } from '../domain/record.ts';

/** A saved view: query, columns, sort and range of a list, or a saved chart. */
export const viewRecord = describeRecord({
  /** Chosen by the client; unique in its project. */
  id: text,
  project_id: plain,
  /** JSON text of an object. */
  content: objectText,
  created_at: integer,
  updated_at: integer,
});

export type StoredView = RecordOf<typeof viewRecord>;

/** Saved views. */
export interface ViewStore {
  listViews(projectId: string): Promise<StoredView[]>;
  /** Adds a view or replaces it; `'full'` when there are too many. Views of two projects may have the same id. */
  saveView(
    view: Pick<StoredView, 'id' | 'projectId' | 'content'>,
    options: { now: number; mostPerProject: number },
  ): Promise<StoredView | 'full'>;
  /** False when the project has no such view. */
  deleteView(projectId: string, id: string): Promise<boolean>;
}
