import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

const app = /\/src\/main\.tsx$/;

/** Has the page load the code of the application beside the little that comes before it, not after it. */
export function preloadApp(): Plugin {
  return {
    name: 'preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = new Map(
          Object.values(bundle).flatMap((file) =>
            file.type === 'chunk' ? [[file.fileName, file] as const] : [],
          ),
        );
        const main = [...chunks.values()].find(({ moduleIds }) =>
          moduleIds.some((id) => app.test(id)),
        );
        if (main === undefined) throw new Error('The build has no application.');
        const needed = withImports(main, chunks);
        const scripts = needed.map(({ fileName }) => toTag('modulepreload', fileName));
        const styles = needed.flatMap(({ viteMetadata }) =>
          [...(viteMetadata?.importedCss ?? [])].map((name) => toTag('stylesheet', name)),
        );
        // Those of the first code are there already.
        return [...scripts, ...styles].filter(
          ({ attrs }) => !html.includes(String(attrs?.['href'])),
        );
      },
    },
  };
}

/** A chunk with all that has to be there before it runs. */
function withImports(
  chunk: Rolldown.OutputChunk,
  chunks: ReadonlyMap<string, Rolldown.OutputChunk>,
): Rolldown.OutputChunk[] {
  const found = new Set([chunk]);
  // Iteration includes elements that are added meanwhile.
  for (const { imports } of found)
    for (const next of imports.flatMap((name) => chunks.get(name) ?? [])) found.add(next);
  return [...found];
}

const toTag = (rel: string, fileName: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel, crossorigin: true, href: `./${fileName}` },
  injectTo: 'head',
});
