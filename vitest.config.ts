import { defineConfig } from 'vitest/config';

// `source` lets workspace packages see each other's TypeScript: tests need no build.
// Setting the list replaces Vite's own for Node, so that is repeated after it.
// Without its `module`: Node gets the list too, and what packages offer bundlers under that name it cannot load.
const conditions = ['source', 'node', 'development|production'];

const seconds = (count: number) => count * 1000;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The event engine is a native library with threads of its own: only a process isolates it.
    pool: 'forks',
    // Machines under load are slow: what is waited for comes, and costs nothing when it comes at once.
    expect: { poll: { timeout: seconds(30) } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'test/types/**/*.test.ts'],
          testTimeout: seconds(60),
          hookTimeout: seconds(60),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts', 'test/seed/**/*.test.ts'],
          globalSetup: ['test/conformance/global-setup.ts'],
          testTimeout: seconds(120),
          hookTimeout: seconds(120),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'docs',
          include: ['test/docs/**/*.test.ts'],
          testTimeout: seconds(120),
          hookTimeout: seconds(120),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          // Long runs (`-- --rounds 50`) are one test each.
          testTimeout: seconds(1800),
          hookTimeout: seconds(300),
          // Half of the time a process starts or ends, and nothing is computed.
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          globalSetup: ['test/ui/support/global-setup.ts'],
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
          // Each file has its own connection to the one browser; more would fight for the processor.
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          testTimeout: seconds(120),
          hookTimeout: seconds(60),
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: seconds(600),
          hookTimeout: seconds(600),
          fileParallelism: false,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
