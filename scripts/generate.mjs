// `npm run generate`: writes what is derived from the contract, the table of settings and the names of tests.
// With --check: changes nothing, and fails with the list of files that would change.
import './node-version.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as faults from '../test/faults/fault-matrix.mjs';
import { findReferenceTests } from '../test/client-api/reference-tests.mjs';
import { root } from './child.mjs';
import { renderFaults } from './render-faults.mjs';
import { renderClientApiCoverage } from './render-client-api-coverage.mjs';
import { compile, install } from './setup.mjs';

function readText(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    // Not generated yet: every text differs from it.
    return null;
  }
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

await install();
// Not the client: what is written here is part of its sources.
await compile('packages/server');

// Only now is there something to import.
const [
  wire,
  config,
  { renderConfig },
  { renderErrors },
  { renderOperations },
  { renderRequests },
  { renderRoutes },
  { renderSchemas, renderTypes },
  { renderExitWorker },
] = await Promise.all([
  import('honeyhive-wire'),
  import('honeyhive-server/config'),
  import('./render-config.mjs'),
  import('./render-errors.mjs'),
  import('./render-operations.mjs'),
  import('./generate-requests.mjs'),
  import('./generate-routes.mjs'),
  import('./generate-types.mjs'),
  import('./generate-exit-worker.mjs'),
]);
const { version } = JSON.parse(readText('packages/server/package.json'));
const openApi = wire.toOpenApi(version);

const files = [
  ['docs/reference/openapi.json', `${JSON.stringify(openApi, null, 2)}\n`],
  ['docs/reference/operations.md', renderOperations(wire.operationList, openApi)],
  ['docs/reference/errors.md', renderErrors(wire.errorCodes)],
  ['docs/reference/config.md', renderConfig(config)],
  ['docs/reference/faults.md', renderFaults(faults)],
  ['docs/reference/client-api-coverage.md', renderClientApiCoverage(findReferenceTests(root))],
  ['packages/ui/src/generated/routes.ts', renderRoutes(wire)],
  ['packages/client/src/generated/exit-worker.ts', await renderExitWorker()],
  ['packages/client/src/generated/requests.ts', renderRequests(wire)],
  ['packages/client/src/generated/schemas.ts', renderSchemas(wire)],
  ['packages/client/src/generated/types.ts', renderTypes(wire)],
];
const changed = files.filter(([path, text]) => readText(path) !== text);

if (values.check && changed.length > 0) {
  const list = changed.map(([path]) => `  ${path}\n`).join('');
  process.stderr.write(`Not up to date; run \`npm run generate\` and commit:\n${list}`);
  process.exit(1);
}
for (const [path, text] of values.check ? [] : changed) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`wrote ${path}\n`);
}
