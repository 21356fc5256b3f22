import { lazy } from 'react';
import type { LazyExoticComponent, ComponentType } from 'react';
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

/** Fetches the code of a screen before it is gone to. */
export const preloadScreen = (name: ScreenName): void => void loaders[name]();
