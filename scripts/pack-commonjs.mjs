// The CommonJS form of a package, for `require()` where ES modules cannot be required: Jest, and TypeScript that
// compiles to CommonJS. What the entries share is one chunk.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const toModule = (from, specifier) => join(dirname(from), specifier.replace(/\.[jt]s$/, ''));
const readDeclaration = (dist, module) => readFileSync(join(dist, `${module}.d.ts`), 'utf8');

/** The modules that those named lead to, themselves included, by their path in `dist`; `ending`: `.js` or `.d.ts`. */
export function findReachable(dist, modules, ending) {
  const reached = new Set();
  const visit = (module) => {
    if (reached.has(module)) return;
    reached.add(module);
    const text = readFileSync(join(dist, module + ending), 'utf8');
    const imports = text.matchAll(/(?:\bfrom|\bimport|\bimport\(|new URL\()\s*['"](\.[^'"]+)['"]/g);
    for (const [, specifier] of imports) visit(toModule(module, specifier));
  };
  modules.forEach(visit);
  return reached;
}

/** Name in `exports` → its module, by its path in `dist`. */
export const entriesOf = (exports) =>
  Object.entries(exports).flatMap(([name, target]) =>
    typeof target === 'object'
      ? [[name, target.default.slice('./dist/'.length, -'.js'.length)]]
      : [],
  );

/** Bundles the code, and declares the types of each entry as those of the ES module. */
export async function emitCommonJs(dist, { exports, dependencies }) {
  const entries = entriesOf(exports).map(([, entry]) => entry);
  const external = Object.keys(dependencies).filter((name) => !name.startsWith('honeyhive'));
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(dist, `${entry}.js`)])),
    platform: 'node',
    external: [/^node:/, ...external],
  });
  await bundle.write({
    dir: join(dist, 'cjs'),
    format: 'cjs',
    minify: true,
    // Errors are identified by the names of their classes.
    keepNames: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
  });
  for (const entry of entries) {
    writeFileSync(join(dist, 'cjs', `${entry}.d.cts`), declare(dist, entry));
  }
}

/** The fields of the manifest by which each entry is found, `main` and `types` for resolution without `exports`. */
export function toDualEntries(exports) {
  const dual = entriesOf(exports).map(([name, entry]) => [
    name,
    {
      import: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
      require: { types: `./dist/cjs/${entry}.d.cts`, default: `./dist/cjs/${entry}.cjs` },
      default: `./dist/${entry}.js`,
    },
  ]);
  const named = entriesOf(exports).filter(([name]) => name !== '.');
  const types = named.map(([name, entry]) => [name.slice('./'.length), [`dist/${entry}.d.ts`]]);
  return {
    main: './dist/cjs/index.cjs',
    types: './dist/index.d.ts',
    typesVersions: { '*': Object.fromEntries(types) },
    exports: { ...exports, ...Object.fromEntries(dual) },
  };
}

/** Name of each export → whether it is a value, and whether it is a type. */
function listExports(dist, module) {
  const text = readDeclaration(dist, module);
  const found = new Map();
  for (const [, specifier] of text.matchAll(/^export \* from '(.+)';/gm)) {
    for (const [name, kinds] of listExports(dist, toModule(module, specifier)))
      found.set(name, kinds);
  }
  for (const [, type, list, specifier] of text.matchAll(
    /^export (type )?\{([^}]*)\} from '(.+)';/gm,
  )) {
    const declared = readDeclaration(dist, toModule(module, specifier));
    for (const [, local, name = local] of list.matchAll(/(\w+)(?: as (\w+))?/g)) {
      const isType = new RegExp(String.raw`\b(?:class|interface|type) ${local}\b`).test(declared);
      found.set(name, { isValue: type === undefined, isType });
    }
  }
  return found;
}

function declare(dist, entry) {
  const from = `'../${entry}.js' with { 'resolution-mode': 'import' };`;
  const found = [...listExports(dist, entry)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const types = found.filter(([, { isValue }]) => !isValue).map(([name]) => name);
  const values = found.filter(([, { isValue }]) => isValue);
  const lines = values.flatMap(([name, { isType }]) => [
    `export declare const ${name}: typeof esm.${name};`,
    ...(isType ? [`export type ${name} = esm.${name};`] : []),
  ]);
  return [
    '// An ES module is required: its types are imported as such.',
    `import type * as esm from ${from}`,
    `export type { ${types.join(', ')} } from ${from}`,
    ...lines,
    '',
  ].join('\n');
}
