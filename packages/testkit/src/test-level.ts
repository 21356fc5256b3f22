/** `short`: what `npm test` does. `full`: what `npm run test:all` does. */
const level = process.env['TEST_LEVEL'] === 'full' ? 'full' : 'short';

/**
 * How much of something a test does: in `npm test`, which is to be quick, and in `npm run test:all`.
 *
 * Both look for the same faults; the full one tries more cases, repeats more often, or looks at more variants.
 */
export const byLevel = <T>({ short, full }: { readonly short: T; readonly full: T }): T =>
  level === 'full' ? full : short;
