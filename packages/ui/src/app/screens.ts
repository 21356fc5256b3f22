import { lazy } from 'react';
import type { LazyExoticComponent, ComponentType } from 'react';
import { loadRangeForm } from '../kit/range-picker.tsx';
import { loadOverlays } from '../kit/use-overlay.ts';
import { loaders } from './screen-loaders.ts';
import type { ScreenName } from './screen-loaders.ts';

type LazyScreen = LazyExoticComponent<ComponentType>;

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

/** Time for the first screen to ask for its data, and then to get it. */
const afterMs = 1_000;
const againMs = 250;

/**
 * Fetches the code of all screens when there is nothing better to do: then they open at once, and without the service,
 * too.
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
