/**
 * The environment of tests. A shell that is set up for an application must not decide what they do.
 *
 * @param {'short' | 'full'} level how often properties run, faults are repeated and screens looked at:
 * `packages/testkit/src/test-level.ts`
 */
export const testEnv = (level) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HH_'))),
  TEST_LEVEL: level,
  ...(process.env.FAULT_ROUNDS ? { FAULT_ROUNDS: process.env.FAULT_ROUNDS } : {}),
  ...(process.env.HH_TEST_POSTGRES_URL
    ? { TEST_POSTGRES_URL: process.env.HH_TEST_POSTGRES_URL }
    : {}),
  ...(process.env.FUZZ_BODIES ? { FUZZ_BODIES: process.env.FUZZ_BODIES } : {}),
  ...(process.env.HH_TEST_CLICKHOUSE_URL
    ? { TEST_CLICKHOUSE_URL: process.env.HH_TEST_CLICKHOUSE_URL }
    : {}),
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16',
});
