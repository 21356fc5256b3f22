import { useMemo } from 'react';
import { navigate, usePathname } from 'wouter/use-browser-location';
import { basePath } from './base-path.ts';
import { parsePlace, printPlace } from './place.ts';
import type { Place } from './place.ts';

const placeOf = (path: string): Place =>
  path.startsWith(basePath) ? parsePlace(path.slice(basePath.length)) : { screen: 'unknown' };

/** Where one is now, from the address. */
export const readPlace = (): Place => placeOf(window.location.pathname);

/** Where one is, from the address. wouter's own parameters are decoded halfway; ids may hold any character. */
export function usePlace(): Place {
  const path = usePathname();
  return useMemo(() => placeOf(path), [path]);
}

/** The address of a place, for `href`. */
export const hrefOf = (place: Place, query = ''): string =>
  `${basePath}${printPlace(place)}${query === '' ? '' : `?${query}`}`;

const listeners = new Set<(place: Place) => void>();

/** Notifies about each navigation before it happens; returns the unsubscribe function. */
export function beforeGoing(listener: (place: Place) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function goTo(place: Place, { query = '', replace = false } = {}): void {
  for (const listener of listeners) listener(place);
  navigate(hrefOf(place, query), { replace });
}
