/**
 * The environment of tests. A shell that is set up for an application must not decide what they do.
 *
 * @param {'short' | 'full'} level how often properties run, faults are repeated and screens looked at: `packages/testkit/src/test-level.ts`
 */
export const testEnv = (level) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HH_'))),
  HH_TEST_LEVEL: level,
  ...(process.env.HH_FAULT_ROUNDS ? { HH_FAULT_ROUNDS: process.env.HH_FAULT_ROUNDS } : {}),
  ...(process.env.HH_FUZZ_BODIES ? { HH_FUZZ_BODIES: process.env.HH_FUZZ_BODIES } : {}),
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
});
