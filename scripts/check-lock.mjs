// Every package of the lock file has a checksum and comes from the npm registry, over HTTPS.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

const registry = 'https://registry.npmjs.org/';
const checksum = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** Packages that the published ones include and that have an install script, each with what it does. */
const knownScripts = new Map([
  ['chdb', 'runs an empty program; the engine comes as its own package'],
]);

/** What is wrong with one entry of a lock file; null when nothing is. */
function findFault(path, { version, integrity, resolved, hasInstallScript, dev }) {
  if (hasInstallScript && !dev && !knownScripts.has(nameOf(path)))
    return `${path}: has an install script; see what it does, then list it in scripts/check-lock.mjs`;
  if (!/^\d+\.\d+\.\d+/.test(version ?? ''))
    return `${path}: version ${version} is not one of the registry`;
  // npm leaves the address out where it is that of the registry.
  if (resolved !== undefined && !resolved.startsWith(registry))
    return `${path}: comes from ${resolved}, expected ${registry}`;
  if (integrity === undefined)
    return `${path}: no integrity; \`npm view ${nameOf(path)}@${version} dist.integrity\` prints it`;
  return checksum.test(integrity) ? null : `${path}: integrity ${integrity} is not SHA-512`;
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What is wrong with a lock file of npm: a line for each package. Workspaces and links to them are our own. */
export function findLockFaults({ lockfileVersion, packages }) {
  if (lockfileVersion !== 3) return [`lockfileVersion is ${lockfileVersion}, expected 3`];
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (!path.includes('node_modules/')) return [];
    if (entry.link === true) return checkLink(path, entry, packages);
    return findFault(path, entry) ?? [];
  });
}

const checkLink = (path, { resolved }, packages) =>
  resolved.startsWith('packages/') && resolved in packages
    ? []
    : [`${path}: links to ${resolved}, which is no workspace`];

if (process.argv[1] === import.meta.filename) {
  const faults = findLockFaults(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  for (const fault of faults) process.stderr.write(`package-lock.json: ${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
