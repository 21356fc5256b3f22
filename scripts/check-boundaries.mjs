// What lint cannot say: who may import whom, and where SQL, the framework, the environment and the clock may appear.
import './node-version.mjs';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './child.mjs';
import { beside, folders, mayImport, screens } from './folders.mjs';
import { listFiles } from './stamp.mjs';

/** The exceptions, each with its reason. One that is no longer needed is a failure, too. */
const exceptions = [
  {
    rule: 'the domain imports only itself, the wire and the facts',
    file: 'packages/server/src/domain/ids.ts',
    reason: 'an id is random or a hash; both come from node:crypto',
  },
  {
    rule: 'the environment only where settings are read',
    file: 'packages/testkit/src/child-environment.ts',
    reason: 'it derives the environment of child processes from its environment',
  },
  {
    rule: 'time and chance only in clock.ts',
    file: 'packages/client/src/generated/exit-worker.ts',
    reason: 'it is a bundle, with clock.ts in it',
  },
  {
    rule: 'the environment only where settings are read',
    file: 'packages/testkit/src/test-level.ts',
    reason: 'it is the setting of tests, which no program has',
  },
  {
    rule: 'the environment only where settings are read',
    file: 'packages/testkit/src/test-store.ts',
    reason: 'it is the setting of tests, which no program has',
  },
  {
    rule: 'the environment only where settings are read',
    file: 'packages/testkit/src/test-metadata.ts',
    reason: 'scripts/test.mjs says whether tests use PostgreSQL',
  },
  {
    rule: 'the environment only where settings are read',
    file: 'packages/testkit/src/command.ts',
    reason: 'scripts/test.mjs says which build of the command tests start',
  },
  {
    rule: 'time and chance only in clock.ts',
    file: 'packages/client/src/transport/write-limit.ts',
    reason:
      'the timer is that of the socket, which alone knows whether a long write makes progress',
  },
];

const packageNames = {
  honeyhive: 'client',
  'honeyhive-facts': 'facts',
  'honeyhive-wire': 'wire',
  'honeyhive-server': 'server',
  'honeyhive-cli': 'cli',
  'honeyhive-testkit': 'testkit',
  'honeyhive-ui': 'ui',
};

const sources = listFiles('packages').filter(
  (path) => /^packages\/\w+\/src\/.*\.tsx?$/.test(path) && !/\.test\.ts$|\/testing\//.test(path),
);

/** The code of a file without its comments. An address such as `http://…` is not one. */
const readCode = (path) =>
  readFileSync(join(root, path), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');

const importPattern = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)['"]([^'"]+)['"]/g;

/** The folder of the package that a file is in, the innermost one that is named above. */
function folderOf(path) {
  const [, packageName, , first, ...rest] = dirname(path).split('/');
  const whole = [first, ...rest].join('/');
  return whole in (folders[packageName] ?? {}) ? whole : (first ?? beside);
}

function readSource(path) {
  const code = readCode(path);
  const [, packageName] = path.split('/');
  return {
    path,
    code,
    packageName,
    name: basename(path),
    folder: folderOf(path),
    imports: [...code.matchAll(importPattern)].map(([, target]) => target),
  };
}

/** The package of ours that an import leads to; null for Node.js and the registry. */
function packageOf({ path }, target) {
  if (!target.startsWith('.')) {
    const [name] = target.split('/');
    return packageNames[name] ?? null;
  }
  return join(dirname(path), target).split('/')[1];
}

/** The file that an import leads to, from the root; null for a package. */
const fileOf = ({ path }, target) => (target.startsWith('.') ? join(dirname(path), target) : null);

/** Whether an import leads to a folder of the same package that may not be known here. */
function leadsUp(source, target) {
  const { packageName, folder } = source;
  const file = fileOf(source, target);
  if (file === null || !file.startsWith(`packages/${packageName}/src/`)) return false;
  const other = folderOf(file);
  if (isPort(file) && folder !== 'domain') return false;
  return other !== folder && !folders[packageName][folder].includes(other);
}

/** The port of a noun of the server, such as `keys/key-store.ts`: any noun that needs its data may import it. */
const isPort = (file) => /^packages\/server\/src\/[\w-]+\/[\w-]+-store\.ts$/.test(file);

/** Files or folders that lead to themselves, each with what lies between. @param graph each with what it imports */
function findCycles(graph) {
  const cycles = [];
  const done = new Set();
  const visit = (path, trail) => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path]);
    if (done.has(path) || !graph.has(path)) return;
    done.add(path);
    for (const next of graph.get(path)) visit(next, [...trail, path]);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

const usesClock = /\b(Date\.now|Math\.random|setTimeout|setInterval|setImmediate)\b|\bnew Date\(\)/;
const sql =
  /\b(SELECT\s+[\w*(]|INSERT\s+INTO\s|ALTER\s+TABLE\s|CREATE\s+TABLE\s|DELETE\s+FROM\s|UPDATE\s+\w+\s+SET\s)/;

/** Rule → what breaks it in a file; null when nothing does. */
const rules = {
  'packages import only those below them': (source) =>
    source.imports.find((target) => {
      const other = packageOf(source, target);
      return (
        other !== null &&
        other !== source.packageName &&
        !mayImport[source.packageName].includes(other)
      );
    }),
  'the domain imports only itself, the wire and the facts': (source) =>
    source.packageName === 'server' && source.folder === 'domain'
      ? source.imports.find(
          (target) =>
            !target.startsWith('./') && !['facts', 'wire'].includes(packageOf(source, target)),
        )
      : null,
  'folders import only those below them': (source) =>
    source.folder in (folders[source.packageName] ?? {})
      ? source.imports.find((target) => leadsUp(source, target))
      : null,
  'the UI takes of the wire only its types': ({ packageName, code }) =>
    packageName === 'ui'
      ? code.match(/\bimport\s+(?!type\b)[^;]*?\bfrom\s+'honeyhive-wire'/)?.[0]
      : null,
  'nothing but the frame imports a screen': (source) =>
    source.packageName === 'ui' && source.folder !== 'app'
      ? source.imports.find((target) => {
          const file = fileOf(source, target);
          const folder = file?.startsWith('packages/ui/src/') ? folderOf(file) : null;
          return folder !== source.folder && screens.includes(folder);
        })
      : null,
  'no screen knows the frame around it': (source) =>
    source.packageName === 'ui' && !['app', beside].includes(source.folder)
      ? source.imports.find((target) => fileOf(source, target)?.startsWith('packages/ui/src/app/'))
      : null,
  'a handler is called by its operation alone': (source) =>
    source.path === 'packages/server/src/handlers.ts'
      ? null
      : source.imports.find((target) =>
          /^packages\/server\/src\/[\w-]+\/handlers\.ts$/.test(fileOf(source, target) ?? ''),
        ),
  'SQL only in the store': ({ path, code }) =>
    /^packages\/(server\/src\/store|testkit\/src\/clickhouse)\//.test(path)
      ? null
      : code.match(sql)?.[0],
  'the metadata database only in tables of nouns': ({ path, name, imports }) =>
    name.endsWith('-table.ts') ||
    /server\/src\/(store\/|(open-metadata|metadata-records|tables)\.ts)/.test(path)
      ? null
      : imports.find((target) => target === 'kysely'),
  'the HTTP framework only in the folder http': ({ path, imports }) =>
    path.startsWith('packages/server/src/http/')
      ? null
      : imports.find((target) => target.startsWith('fastify')),
  'the environment only where settings are read': ({ code, path }) =>
    path === 'packages/cli/src/main.ts' || ['config.ts', 'options.ts'].includes(basename(path))
      ? null
      : code.match(/\bprocess\.env\b/)?.[0],
  'time and chance only in clock.ts': ({ packageName, name, code }) =>
    ['client', 'facts', 'server', 'wire'].includes(packageName) && name !== 'clock.ts'
      ? code.match(usesClock)?.[0]
      : null,
  'files have the name of one thing': ({ name }) =>
    /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.tsx?$/.test(name) &&
    !/\b(utils?|helpers?|common|misc|manager)\b/.test(name)
      ? null
      : name,
};

/**
 * A unit test shares its thread with others and takes milliseconds: so no engine, no database, no process, no thread.
 */
const unitTests = listFiles('packages').filter(
  (path) => path.endsWith('.test.ts') && !/\.(engine|process)\.test\.ts$/.test(path),
);
const engines = /^(chdb|libsql)\b/;
const processes =
  /['"](?:node:)?(?:child_process|cluster)['"]|\b(?:startService|startChild|startCommand|runCommand)\b|\bnew Worker\b/;

/** What is loaded when a file is: types are not, and what is imported by a call is not until then. */
const loadedPattern = /\b(?:import|export)\s+(?!type\b)(?:[^;'"]*?\bfrom\s+)?['"]([^'"]+)['"]/g;

/** The file of ours that is loaded for an import; null for what is not ours. */
function loadedFile(path, target) {
  if (target.startsWith('.')) return join(dirname(path), target);
  const [name, ...entry] = target.split('/');
  const folder = packageNames[name];
  return folder && entry.length === 0 ? `packages/${folder}/src/index.ts` : null;
}

/** The files that lead from a test to an engine; null when none do. */
function findEngine(path, trail = [], seen = new Set()) {
  if (seen.has(path) || !path.endsWith('.ts')) return null;
  seen.add(path);
  for (const [, target] of readCode(path).matchAll(loadedPattern)) {
    if (engines.test(target)) return [...trail, path, target];
    const next = loadedFile(path, target);
    const found = next === null ? null : findEngine(next, [...trail, path], seen);
    if (found !== null) return found;
  }
  return null;
}

const isScript = (path) => /\.(mjs|ts)$/.test(path);

/** Why a test is no unit test, and how to name it then; null when it is one. */
function whyNotUnit(path) {
  const process = readCode(path).match(processes)?.[0] ?? null;
  if (process !== null) return `${process} (a test that starts processes is a *.process.test.ts)`;
  const engine = findEngine(path);
  return engine && `${engine.join(' → ')} (a test that loads an engine is a *.engine.test.ts)`;
}

const unused = new Set(exceptions);
const read = sources.map(readSource);
// Types count: what cannot be read in one direction has no direction.
const imports = new Map(
  read.map((source) => [source.path, source.imports.map((target) => fileOf(source, target))]),
);
// What lies beside the folders is both under and above them.
const tables = Object.values(folders).map(
  (table) => new Map(Object.entries(table).filter(([folder]) => folder !== String(beside))),
);
const breaches = [imports, ...tables].flatMap((graph) =>
  findCycles(graph).map((cycle) => `${cycle.join(' → ')} (import cycle)`),
);
for (const path of unitTests) {
  const why = whyNotUnit(path);
  if (why !== null) breaches.push(`${path}: ${why}`);
}
// Benchmarks and fault tests import built files, which the compiler does not follow.
for (const path of [...listFiles('test'), ...listFiles('scripts')].filter(isScript)) {
  for (const [built, start, end] of readCode(path).matchAll(
    /\b(packages\/\w+\/)dist(\/[\w/-]+)\.js\b/g,
  ))
    if (!existsSync(join(root, `${start}src${end}.ts`)))
      breaches.push(`${path}: ${built} (a built file has a source)`);
}
for (const source of read) {
  for (const [rule, findBreach] of Object.entries(rules)) {
    const breach = findBreach(source) ?? null;
    if (breach === null) continue;
    const exception = exceptions.find((row) => row.rule === rule && row.file === source.path);
    if (exception) unused.delete(exception);
    else breaches.push(`${source.path}: ${breach} (${rule})`);
  }
}
for (const { rule, file } of unused) breaches.push(`${file}: needs no exception (${rule})`);

if (breaches.length > 0) {
  process.stderr.write(`${breaches.join('\n')}\n${breaches.length} breaches of boundaries\n`);
  process.exitCode = 1;
}
