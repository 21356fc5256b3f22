import { useMemo, useState } from 'react';
import { useCatalogue } from '../query/use-catalogue.ts';
import type { Interval } from '../state/time-range.ts';
import { useQueryText } from './use-list-query.ts';
import type { ListSubject } from './use-list-subject.ts';

/**
 * @param areRowsFirst whether the fields wait for the first rows; `setAnswered` signals that these have loaded, or that
 * none exist
 */
export function useListFields(
  { project, scope }: ListSubject,
  interval: Interval,
  areRowsFirst: boolean,
) {
  const about = useMemo(
    () => ({ project: project.id, scope, interval }),
    [project.id, scope, interval],
  );
  const [query] = useQueryText();
  // Without a query nothing depends on the fields.
  const [isAnswered, setAnswered] = useState(!areRowsFirst);
  const catalogue = useCatalogue(about, isAnswered || query !== '');
  return { about, catalogue, setAnswered };
}

export type ListFields = ReturnType<typeof useListFields>;
