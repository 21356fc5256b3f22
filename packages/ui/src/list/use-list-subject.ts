import { useProject } from '../api/project.tsx';
import type { ListKind } from './column.ts';
import { scopeOf } from './list-params.ts';

/** What a list is of: sessions, events or model calls of a project. */
export function useListSubject(kind: ListKind) {
  return { kind, scope: scopeOf(kind), project: useProject() };
}

export type ListSubject = ReturnType<typeof useListSubject>;
