import type { SignedIn } from 'honeyhive-wire';
import { createContext, useContext } from 'react';

/** A project that the key can see. */
export type VisibleProject = SignedIn['projects'][number];

const ProjectContext = createContext<VisibleProject | null>(null);

export const ProjectProvider = ProjectContext.Provider;

/** The project of the screen. */
export function useProject(): VisibleProject {
  const project = useContext(ProjectContext);
  if (project === null) throw new Error('There is no project outside of its screens.');
  return project;
}

/** The project that an address names, by its id or by its name. */
export const findProject = (
  projects: readonly VisibleProject[],
  named: string,
): VisibleProject | null =>
  projects.find(({ id }) => id === named) ?? projects.find(({ name }) => name === named) ?? null;
