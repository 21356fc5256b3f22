import type { Attempt } from './victim.ts';

/** Attempts on what the web UI asks. */
export const exploreAttempts = {
  exploreRows: {
    foreign: 'nothing of it',
    namesProject: true,
    aim: ({ project }) => ({ body: { project, scope: 'events' } }),
  },
} as const satisfies Readonly<Record<string, Attempt>>;
