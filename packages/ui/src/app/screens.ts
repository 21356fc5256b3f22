import { lazy } from 'react';
import type { LazyExoticComponent, ComponentType } from 'react';
import { loadRangeForm } from '../kit/range-picker.tsx';
import { loadOverlays } from '../kit/use-overlay.ts';
import type { Place } from '../state/place.ts';

type LazyScreen = LazyExoticComponent<ComponentType>;

/** The screens, each a chunk of its own. */
const loaders = {
  start: async () => (await import('../onboarding/onboarding-screen.tsx')).OnboardingScreen,
  sessions: async () => (await import('../list/sessions-screen.tsx')).SessionsScreen,
  session: async () => (await import('../session/session-screen.tsx')).SessionScreen,
  compare: async () => (await import('../compare/compare-screen.tsx')).CompareScreen,
  events: async () => (await import('../list/events-screen.tsx')).EventsScreen,
  charts: async () => (await import('../charts/charts-screen.tsx')).ChartsScreen,
  alerts: async () => (await import('../alerts/alerts-screen.tsx')).AlertsScreen,
  settings: async () => (await import('../settings/settings-screen.tsx')).SettingsScreen,
} satisfies Record<Exclude<Place['screen'], 'home' | 'unknown'>, () => Promise<ComponentType>>;

export type ScreenName = keyof typeof loaders;

const toLazy = (load: () => Promise<ComponentType>): LazyScreen =>
  lazy(async () => ({ default: await load() }));

export const screens: Readonly<Record<ScreenName, LazyScreen>> = {
  start: toLazy(loaders.start),
  sessions: toLazy(loaders.sessions),
  session: toLazy(loaders.session),
  compare: toLazy(loaders.compare),
  events: toLazy(loaders.events),
  charts: toLazy(loaders.charts),
  alerts: toLazy(loaders.alerts),
  settings: toLazy(loaders.settings),
};

/** Fetches the code of a screen before it is gone to. A failure shows when it is. */
export const preloadScreen = (name: ScreenName): void => {
  loaders[name]().catch(() => undefined);
};

/**
 * Fetches the code of the first screen while it is found out who is signed in, not after it. An address that leads
 * nowhere needs none; home leads to the sessions.
 */
export function preloadPlace({ screen }: Place): void {
  if (screen !== 'unknown') preloadScreen(screen === 'home' ? 'sessions' : screen);
}

/** Time for the first screen to ask for its data, and then to get it. */
const afterMs = 1_000;
const againMs = 250;

/**
 * Fetches the code of all screens when there is nothing better to do: then they open at once, and without the service, too.
 *
 * @param isBusy whether something is being asked of the service, which comes first
 */
export function preloadScreens(isBusy: () => boolean): () => void {
  let timer = setTimeout(preload, afterMs);
  function preload() {
    if (isBusy()) {
      timer = setTimeout(preload, againMs);
      return;
    }
    for (const load of [...Object.values(loaders), loadOverlays, loadRangeForm])
      load().catch(() => undefined);
  }
  return () => clearTimeout(timer);
}
