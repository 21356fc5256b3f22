import { useSyncExternalStore } from 'react';
import { choicePreference } from './preference.ts';

/** What was chosen; the script in `index.html` reads the same before the first paint. */
export const themePreference = choicePreference('theme', ['system', 'light', 'dark']);

export type Theme = ReturnType<typeof themePreference.get>;

const listeners = new Set<() => void>();

/**
 * Keeps the page in the chosen theme: after another choice, here or in another tab, and after a change of the system.
 */
export function startTheme(): void {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = themePreference.get();
    const isDark = theme === 'system' ? systemDark.matches : theme === 'dark';
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
    for (const listener of listeners) listener();
  };
  systemDark.addEventListener('change', apply);
  themePreference.subscribe(apply);
  apply();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The theme that is seen, `light` or `dark`, for what is drawn and not styled: it has to be drawn again in another. */
export const useShownTheme = (): string | undefined =>
  useSyncExternalStore(subscribe, () => document.documentElement.dataset['theme']);
