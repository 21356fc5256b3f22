import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A bundle for where there is no Node.js. */
export interface Bundle {
  readonly code: string;
  /** Every module in it, and everything that it still imports. */
  readonly modules: readonly string[];
}

/**
 * Bundle a file for the browser, with the packages as a bundler outside of this workspace sees them, but from source.
 */
export async function bundleForBrowser(entry: string, name = 'bundle'): Promise<Bundle> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source', 'module', 'browser'] },
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL(entry, import.meta.url)),
        formats: ['es'],
        fileName: name,
      },
    },
  });
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  return {
    code: chunks.find(({ isEntry }) => isEntry)?.code ?? '',
    modules: chunks.flatMap((chunk) => [
      ...chunk.moduleIds,
      ...chunk.imports,
      ...chunk.dynamicImports,
    ]),
  };
}
