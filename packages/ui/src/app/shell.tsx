import { useQueryClient } from '@tanstack/react-query';
import type { SignedIn } from 'honeyhive-wire';
import { Suspense, useEffect, useState } from 'react';
import { useNamedProject } from '../api/named-project.ts';
import { ProjectProvider } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '../kit/states.tsx';
import type { Place } from '../state/place.ts';
import { usePlace } from '../state/use-place.ts';
import { lastProject } from '../state/last-project.ts';
import { shellText } from '../text/shell.ts';
import { useSignOut } from '../api/signed-in.ts';
import { GlobalKeys } from './global-keys.tsx';
import type { Sheet } from './global-keys.tsx';
import { UnreachableBanner } from './unreachable-banner.tsx';
import { useEarlySession } from './early-session.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Home, ProjectHome } from './home.tsx';
import { Rail } from './rail.tsx';
import { preloadScreens, screens } from './screens.ts';
import styles from './shell.module.css';

/** The frame of every screen: the rail, and the screen of the address. */
export function Shell({ signedIn }: { readonly signedIn: SignedIn }) {
  const place = usePlace();
  const named = 'project' in place ? place.project : lastProject.get();
  const found = useNamedProject(signedIn, named || null);
  const project = found.project ?? (found.isPending ? null : (signedIn.projects[0] ?? null));
  const [sheet, setSheet] = useState<Sheet>(null);
  const signOut = useSignOut();
  useEarlySession(signedIn.projects);
  return (
    <div className={styles.shell}>
      <GlobalKeys
        projects={signedIn.projects}
        hasAllProjects={signedIn.project_count <= signedIn.projects.length}
        project={project}
        sheet={sheet}
        onSheet={setSheet}
        onSignOut={() => signOut.mutate()}
      />
      <a className={styles.skip} href="#content">
        {shellText.skip}
      </a>
      <Rail signedIn={signedIn} project={project} screen={place.screen} onSheet={setSheet} />
      <main id="content" className={styles.main} tabIndex={-1}>
        <UnreachableBanner />
        <ErrorBoundary key={`${place.screen} ${named ?? ''}`}>
          <Suspense fallback={<Skeleton label={shellText.loadingScreen} />}>
            <CurrentScreen place={place} signedIn={signedIn} />
            <OtherScreens />
          </Suspense>
        </ErrorBoundary>
      </main>
    </div>
  );
}

/**
 * Fetches the code of the other screens. It suspends together with the screen next to it, so it runs after the screen
 * has loaded.
 */
function OtherScreens() {
  const queries = useQueryClient();
  useEffect(() => preloadScreens(() => queries.isFetching() > 0), [queries]);
  return null;
}

function CurrentScreen({
  place,
  signedIn,
}: {
  readonly place: Place;
  readonly signedIn: SignedIn;
}) {
  if (place.screen === 'unknown') return <NotFound />;
  if (place.project === undefined) return <Home signedIn={signedIn} />;
  return <ScreenOfProject place={place} name={place.project} signedIn={signedIn} />;
}

function ScreenOfProject({
  place,
  name,
  signedIn,
}: {
  readonly place: Extract<Place, { project?: string }>;
  readonly name: string;
  readonly signedIn: SignedIn;
}) {
  const { project, isPending, error, refetch } = useNamedProject(signedIn, name);
  if (isPending) return <Skeleton label={shellText.loadingScreen} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (project === null) return <UnknownProject name={name} />;
  if (place.screen === 'home') return <ProjectHome project={project} />;
  const ScreenOfPlace = screens[place.screen];
  return (
    <ProjectProvider value={project}>
      <RememberProject id={project.id} />
      <ScreenOfPlace />
    </ProjectProvider>
  );
}

const UnknownProject = ({ name }: { readonly name: string }) => (
  <Screen title={name}>
    <NoPermission>{shellText.unknownProject(name)}</NoPermission>
  </Screen>
);

function RememberProject({ id }: { readonly id: string }) {
  useEffect(() => lastProject.set(id), [id]);
  return null;
}

const NotFound = () => (
  <Screen title={shellText.notFoundTitle}>
    <EmptyState
      title={shellText.notFound}
      actions={<PlaceLink to={{ screen: 'home' }}>{shellText.start}</PlaceLink>}
    >
      {shellText.notFoundHint}
    </EmptyState>
  </Screen>
);
