// `npm run ui:dev`: the UI as it is being written, on its own port; the API is that of HH_API_URL, or of the service on
// its usual port.
import './node-version.mjs';
import { join } from 'node:path';
import { root, runInForeground } from './child.mjs';
import { install } from './setup.mjs';

await install();
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
process.exitCode = await runInForeground(
  process.execPath,
  [vite, join(root, 'packages', 'ui'), ...process.argv.slice(2)],
  { cwd: root },
);
