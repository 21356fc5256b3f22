import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { namedProjectKey } from '../api/named-project.ts';
import { findProject } from '../api/project.tsx';
import type { VisibleProject } from '../api/project.tsx';
import { sessionKey, sessionStaleMs } from '../trace/session-path.ts';
import { beforeGoing } from '../state/use-place.ts';
import { askForSession } from './first-questions.ts';

/** Asks for a session as one goes to it: drawing its screen takes as long as the answer, and need not come first. */
export function useEarlySession(projects: readonly VisibleProject[]): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      beforeGoing((place) => {
        if (place.screen !== 'session') return;
        const project =
          findProject(projects, place.project) ??
          queries.getQueryData<VisibleProject>(namedProjectKey(place.project));
        if (!project) return;
        const known = queries.getQueryState(sessionKey(project.id, place.session));
        const isFresh = known !== undefined && known.dataUpdatedAt + sessionStaleMs > Date.now();
        if (!isFresh && known?.fetchStatus !== 'fetching') askForSession(project, place.session);
      }),
    [queries, projects],
  );
}
