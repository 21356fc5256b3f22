/** Why a live list stands still. */
export type PauseReason = 'scrolled' | 'open' | 'text' | 'hidden';

export interface ReaderState {
  /** Of the list, px. */
  readonly scrollTop: number;
  readonly isRowOpen: boolean;
  readonly isTextSelected: boolean;
  readonly isTabHidden: boolean;
}

/** Whether somebody reads, and by which sign; null: nobody does, and the list may move. */
export function findPauseReason(reader: ReaderState): PauseReason | null {
  if (reader.isTabHidden) return 'hidden';
  if (reader.isRowOpen) return 'open';
  if (reader.isTextSelected) return 'text';
  return reader.scrollTop > 0 ? 'scrolled' : null;
}
