/** A saved view: query, columns, sort and range of a list, or a saved chart. */
export interface StoredView {
  /** Chosen by the client; unique in its project. */
  readonly id: string;
  readonly projectId: string;
  /** JSON text of an object. */
  readonly content: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

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
