import { createPreference } from './preference.ts';

/** Id of the project that was looked at last; null before the first. */
export const lastProject = createPreference<string | null>('project', {
  parse: (text) => (text === '' ? null : text),
  print: (id) => id ?? '',
});
