import type { ComponentType } from 'react';
import type { Place } from '../state/place.ts';

/** The screens, each in a separate chunk. */
export const loaders = {
  start: async () => (await import('../onboarding/onboarding-screen.tsx')).OnboardingScreen,
  sessions: async () => (await import('../explore/sessions-screen.tsx')).SessionsScreen,
  session: async () => (await import('../session/session-screen.tsx')).SessionScreen,
  compare: async () => (await import('../compare/compare-screen.tsx')).CompareScreen,
  events: async () => (await import('../explore/events-screen.tsx')).EventsScreen,
  charts: async () => (await import('../charts/charts-screen.tsx')).ChartsScreen,
  alerts: async () => (await import('../alerts/alerts-screen.tsx')).AlertsScreen,
  settings: async () => (await import('../settings/settings-screen.tsx')).SettingsScreen,
} satisfies Record<Exclude<Place['screen'], 'home' | 'unknown'>, () => Promise<ComponentType>>;

export type ScreenName = keyof typeof loaders;

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
