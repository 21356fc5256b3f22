import type { SignedIn } from 'honeyhive-wire';
import { Suspense, useEffect } from 'react';
import { ProjectProvider, findProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, NoPermission } from '../kit/states.tsx';
import type { Place } from '../state/place.ts';
import { goTo, usePlace } from '../state/use-place.ts';
import { lastProject } from '../state/last-project.ts';
import { shellText } from '../text/shell.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Rail } from './rail.tsx';
import { screens } from './screens.ts';
import styles from './shell.module.css';

/** The frame of every screen: the rail, and the screen of the address. */
export function Shell({ signedIn }: { readonly signedIn: SignedIn }) {
  const place = usePlace();
  const named = 'project' in place ? place.project : lastProject.get();
  const project = findProject(signedIn.projects, named ?? '') ?? signedIn.projects[0] ?? null;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {shellText.skip}
      </a>
      <Rail signedIn={signedIn} project={project} screen={place.screen} />
      <main id="content" className={styles.main} tabIndex={-1}>
        <ErrorBoundary key={`${place.screen} ${named ?? ''}`}>
          <Suspense fallback={<Skeleton label={shellText.loadingScreen} />}>
            <CurrentScreen place={place} signedIn={signedIn} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

function CurrentScreen({
  place,
  signedIn,
}: {
  readonly place: Place;
  readonly signedIn: SignedIn;
}) {
  if (place.screen === 'home') return <Home signedIn={signedIn} />;
  if (place.screen === 'unknown') return <NotFound />;
  const project = findProject(signedIn.projects, place.project);
  if (project === null)
    return <NoPermission>{shellText.unknownProject(place.project)}</NoPermission>;
  const Screen = screens[place.screen];
  return (
    <ProjectProvider value={project}>
      <RememberProject id={project.id} />
      <Screen />
    </ProjectProvider>
  );
}

function RememberProject({ id }: { readonly id: string }) {
  useEffect(() => lastProject.set(id), [id]);
  return null;
}

/** Leads to the project that was looked at last. */
function Home({ signedIn: { projects } }: { readonly signedIn: SignedIn }) {
  const project = findProject(projects, lastProject.get() ?? '') ?? projects[0];
  useEffect(() => {
    if (project) goTo({ screen: 'sessions', project: project.name }, { replace: true });
  }, [project]);
  return project ? null : (
    <EmptyState title={shellText.noProjects}>{shellText.noProjectsHint}</EmptyState>
  );
}

const NotFound = () => (
  <EmptyState
    title={shellText.notFound}
    actions={<PlaceLink to={{ screen: 'home' }}>{shellText.start}</PlaceLink>}
  >
    {shellText.notFoundHint}
  </EmptyState>
);
