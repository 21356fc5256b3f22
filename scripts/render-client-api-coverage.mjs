// Prints docs/reference/client-api-coverage.md: the public interface that the client follows, and the tests named after
// it.
import { heading, table } from './markdown.mjs';

/** Kind of item → title of its table. */
const titles = {
  class: 'Classes',
  method: 'Methods',
  option: 'Options',
  exception: 'Exceptions',
  attribute: 'Attributes of exceptions',
  variable: 'Environment variables',
  example: 'Examples',
};

const text = `Everything that the client's public interface takes from the client API reference: what it is called there,
what it is called here, and where the test is whose title begins with its name. A test fails when one is missing.
Each example is a section of [the examples](../guide/examples.md), which a test compiles and runs against the service.
`;

const link = (path) => `[${path.replace('packages/client/src/', '')}](../../${path})`;

/** @param {ReturnType<typeof import('../test/client-api/reference-tests.mjs').findReferenceTests>} items */
export function renderClientApiCoverage(items) {
  const tables = Object.entries(titles).map(([kind, title]) => {
    const rows = items
      .filter((item) => item.kind === kind)
      .map(({ reference, ours, files }) => [
        `\`${reference}\``,
        kind === 'example' ? ours : `\`${ours}\``,
        files.map(link).join(', ') || '**none**',
      ]);
    return `## ${title}\n\n${table(['there', 'here', 'tests'], rows)}`;
  });
  return [heading('Coverage of the client API reference', text), ...tables].join('\n');
}
