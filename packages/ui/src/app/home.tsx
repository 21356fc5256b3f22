import { useEffect } from 'react';
import type { SignedIn } from 'honeyhive-wire';
import { useNamedProject } from '../api/named-project.ts';
import type { VisibleProject } from '../api/project.tsx';
import { useProjectEmptiness } from '../api/project-emptiness.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState } from '../kit/states.tsx';
import { lastProject } from '../state/last-project.ts';
import { goTo } from '../state/use-place.ts';
import { shellText } from '../text/shell.ts';

/** Leads to the project that was looked at last. */
export function Home({ signedIn }: { readonly signedIn: SignedIn }) {
  const last = useNamedProject(signedIn, lastProject.get() || null);
  if (last.isPending) return <Skeleton label={shellText.loadingScreen} />;
  const project = last.project ?? signedIn.projects[0];
  if (project) return <ProjectHome project={project} />;
  return <EmptyState title={shellText.noProjects}>{shellText.noProjectsHint}</EmptyState>;
}

/** Leads to the sessions of a project; as long as there is nothing in it, to how something gets there. */
export function ProjectHome({ project }: { readonly project: VisibleProject }) {
  const { data: isEmpty, isFetching } = useProjectEmptiness(project.id);
  useEffect(() => {
    // If it is unknown, the list shows the error.
    if (!isFetching)
      goTo(
        { screen: isEmpty === true ? 'start' : 'sessions', project: project.name },
        { replace: true },
      );
  }, [isEmpty, isFetching, project]);
  return <Skeleton label={shellText.loadingScreen} />;
}
