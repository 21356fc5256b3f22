/** How often a fault is repeated: `npm run test:faults -- --rounds 50`. */
export const rounds = Number(process.env['HH_FAULT_ROUNDS'] ?? 5);

/** From 1 to `rounds`. */
export const roundNumbers: readonly number[] = Array.from(
  { length: rounds },
  (_each, index) => index + 1,
);
