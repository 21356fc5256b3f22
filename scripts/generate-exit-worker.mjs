// The worker that posts at the end of a process, as one text: it is part of whatever an application is bundled into,
// where a file beside it would be missing.
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './child.mjs';

const input = join(root, 'packages/client/src/delivery/node/exit-worker.ts');

export async function renderExitWorker() {
  const bundle = await rolldown({ input, platform: 'node', external: [/^node:/] });
  const { output } = await bundle.generate({ format: 'cjs', minify: true });
  const [{ code }] = output;
  return `// Generated from delivery/node/exit-worker.ts by \`npm run generate\`. Do not edit.
/** CommonJS, without any import but those of Node.js. */
export const exitWorkerCode = ${JSON.stringify(code)};
`;
}
