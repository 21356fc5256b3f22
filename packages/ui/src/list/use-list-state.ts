import type { ListKind } from './column.ts';
import { useListColumns } from './use-list-columns.ts';
import { useListFields } from './use-list-fields.ts';
import { useListPeriod } from './use-list-period.ts';
import { useListQuery } from './use-list-query.ts';
import { useListSubject } from './use-list-subject.ts';
import { useListView } from './use-list-view.ts';

/**
 * What the address says of a list, and what follows from it. What needs one part of that has its type: `ListSubject`,
 * `ListPeriod`, `ListFields`, `ListQuery`, `ListColumns` or `ListView`.
 *
 * @param areRowsFirst whether there are rows to come before what else is asked for; `setAnswered` tells
 */
export function useListState(kind: ListKind, { areRowsFirst = false } = {}) {
  const subject = useListSubject(kind);
  const period = useListPeriod();
  const fields = useListFields(subject, period.interval, areRowsFirst);
  const setting = { kind, catalogue: fields.catalogue, zone: period.zone };
  return {
    ...subject,
    ...period,
    ...fields,
    ...useListQuery(setting, period.refresh),
    ...useListColumns(kind),
    ...useListView(),
  };
}

export type ListState = ReturnType<typeof useListState>;
