import { defineConfig } from 'vite';
import { preloadApp } from './build/preload-app.ts';
import { precompress } from './build/precompress.ts';

/** What the service of `npm run ui:dev` answers: everything that is not a file of the UI. */
const servicePaths = /^\/(?:v1|ui|events|session|projects?|health|ready|metrics|openapi\.json)\b/;

export default defineConfig({
  root: import.meta.dirname,
  // Relative: the service may be at any path, and a file finds the others from where it is itself.
  base: './',
  plugins: [preloadApp(), precompress()],
  resolve: {
    // Written against React's interface, run by Preact's implementation of it: a fifth of the bytes (docs/adr).
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat' },
    // `source` leads to the TypeScript of the client: no build comes first.
    conditions: ['source', 'module', 'browser', 'development|production'],
  },
  build: {
    // Inside the package that serves it, so that it is published with it and found by its name, `#ui`.
    outDir: '../server/dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What comes together is one file: left alone, the first screen is sixty, and browsers ask for six at a time.
        codeSplitting: {
          groups: [
            { name: 'begin', test: /\/ui\/src\/begin\.ts$/, priority: 3 },
            { name: 'app', test: /\/ui\/src\/main\.tsx$/, priority: 2 },
            { name: 'list', test: /\/ui\/src\/explore\/list-screen\.tsx$/, priority: 1 },
          ],
        },
      },
    },
    // Nothing inline: the content security policy forbids data: scripts, and files can be cached indefinitely.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    port: 4041,
    proxy: {
      [servicePaths.source]: { target: process.env['HH_API_URL'] ?? 'http://127.0.0.1:4040' },
    },
  },
});
