import { useState } from 'react';
import { recallList, rememberList } from './list-moment.ts';
import type { Row } from './row.ts';
import type { ListRows } from './use-list-rows.ts';

/** The row that the keys are at. */
export function useActiveRow(
  { rows, loadMore }: Pick<ListRows, 'rows' | 'loadMore'>,
  peek: string | null,
) {
  const [chosenId, setChosenId] = useState(() => recallList().activeId);
  const activeId = peek ?? chosenId;
  const index = rows.findIndex(({ event_id }) => event_id === activeId);
  const choose = (row: Row) => {
    setChosenId(row.event_id);
    rememberList({ activeId: row.event_id });
  };
  return {
    activeId,
    index,
    active: rows[index] ?? null,
    choose,
    /** Moves by so many rows and activates that row; null if it does not exist. */
    step(by: number): Row | null {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index < 0 ? 0 : index + by))];
      if (index + by >= rows.length - 1) loadMore();
      if (!next) return null;
      choose(next);
      return next;
    },
  };
}

export type ActiveRow = ReturnType<typeof useActiveRow>;
