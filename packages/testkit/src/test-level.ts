/** `short`: what `npm test` does. `full`: what `npm run test:all` does. */
const level = process.env['TEST_LEVEL'] === 'full' ? 'full' : 'short';

/**
 * Amount of work of a test: little in `npm test`, which should be quick, more in `npm run test:all`.
 *
 * Both look for the same faults; the full level has more cases, repetitions or variants.
 */
export const byLevel = <T>({ short, full }: { readonly short: T; readonly full: T }): T =>
  level === 'full' ? full : short;
