import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { SlowFirst } from './test/support/slow-first.ts';

// `source` lets workspace packages see each other's TypeScript: tests need no build.
// Setting the list replaces Vite's own for Node, so that is repeated after it.
// Without its `module`: Node gets the list too, and what packages offer bundlers under that name it cannot load.
const conditions = ['source', 'node', 'development|production'];

const seconds = (count: number) => count * 1000;

const besideSources = (kind: string) => `packages/*/src/**/*.${kind}.ts`;

/** Projects of one line run beside each other: files that wait leave the processors to those that do not. */
const stages = [
  ['unit'],
  ['engine', 'store-remote', 'process', 'docs', 'conformance'],
  ['faults', 'ui'],
  ['conformance-remote'],
  ['interop'],
  ['e2e'],
  ['long'],
];

const project = (
  name: string,
  test: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration => {
  const groupOrder = stages.findIndex((names) => names.includes(name));
  return { extends: true, test: { name, sequence: { groupOrder }, ...test } };
};

const projects = [
  // Pure: no process, no engine, no database; `scripts/check-boundaries.mjs` holds them to it. So all can share a thread.
  project('unit', {
    include: [besideSources('test')],
    exclude: [besideSources('engine.test'), besideSources('process.test')],
    pool: 'threads',
    isolate: false,
    testTimeout: seconds(60),
    hookTimeout: seconds(60),
  }),
  // The event engine and SQLite, in the process of the test.
  project('engine', {
    include: [besideSources('engine.test')],
    globalSetup: ['test/support/postgres-setup.ts'],
    testTimeout: seconds(120),
    hookTimeout: seconds(120),
  }),
  // The same on a ClickHouse server over HTTP: the few files that try most, and in `npm run test:all` each one.
  project('store-remote', {
    include:
      process.env['TEST_LEVEL'] === 'full'
        ? ['packages/server/src/{ingest,store/events,upkeep}/**/*.engine.test.ts']
        : ['packages/server/src/store/events/random-*.engine.test.ts'],
    // About the engine in the process, and its folder.
    exclude: ['**/store/events/engine/**', '**/migrations.engine.test.ts'],
    env: { TEST_STORE: 'remote' },
    // A request for each query, and a session of the engine for each request.
    testTimeout: seconds(600),
    hookTimeout: seconds(120),
  }),
  // Tests that start processes, or change the one they are in.
  project('process', {
    include: [besideSources('process.test')],
    testTimeout: seconds(120),
    hookTimeout: seconds(120),
  }),
  // All talk to one real service, each in a project of its own there.
  project('conformance', {
    include: ['test/conformance/**/*.test.ts', 'test/client-api/**/*.test.ts'],
    globalSetup: ['test/support/postgres-setup.ts', 'test/conformance/global-setup.ts'],
    isolate: false,
    testTimeout: seconds(120),
    hookTimeout: seconds(120),
  }),
  // The same tests of a service whose events are on a ClickHouse server: only in `npm run test:all`.
  project('conformance-remote', {
    include: ['test/conformance/**/*.test.ts'],
    globalSetup: ['test/conformance/global-setup-remote.ts'],
    isolate: false,
    testTimeout: seconds(120),
    hookTimeout: seconds(120),
  }),
  project('docs', {
    include: ['test/docs/**/*.test.ts'],
    testTimeout: seconds(120),
    hookTimeout: seconds(120),
  }),
  project('faults', {
    include: ['test/faults/**/*.test.ts'],
    isolate: false,
    // Long runs (`-- --rounds 50`) are one test each.
    testTimeout: seconds(1800),
    hookTimeout: seconds(300),
  }),
  project('ui', {
    include: ['test/ui/**/*.test.ts'],
    globalSetup: ['test/ui/support/global-setup.ts'],
    isolate: false,
    testTimeout: seconds(300),
    hookTimeout: seconds(300),
  }),
  project('interop', {
    include: ['test/interop/**/*.test.ts'],
    testTimeout: seconds(120),
    hookTimeout: seconds(60),
  }),
  project('e2e', {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: seconds(600),
    hookTimeout: seconds(600),
  }),
  // Minutes each: a clean clone, and the benchmarks on little data. Only in `npm run test:all`.
  project('long', {
    include: ['test/long/**/*.test.ts'],
    testTimeout: seconds(600),
    hookTimeout: seconds(600),
    fileParallelism: false,
  }),
];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The event engine is a native library with threads of its own: only a process isolates it.
    pool: 'forks',
    // Half of the time a process starts, ends or is waited for: three keep two processors busy.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    setupFiles: ['test/support/property-seed.ts'],
    // Machines under load are slow: what is waited for comes, and costs nothing when it comes at once.
    expect: { poll: { timeout: seconds(30) } },
    projects,
  },
});
