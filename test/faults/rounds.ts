import { byLevel } from 'honeyhive-testkit';

/** How often a fault is repeated: `npm run test:faults -- --rounds 50`. */
export const rounds = Number(process.env['FAULT_ROUNDS'] ?? byLevel({ short: 1, full: 3 }));

/** From 1 to `rounds`. */
export const roundNumbers: readonly number[] = Array.from(
  { length: rounds },
  (_each, index) => index + 1,
);
