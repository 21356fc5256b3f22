// Prints docs/reference/faults.md: faults between client and service, and their outcomes.
import { heading, table } from './markdown.mjs';

const text = `Outcomes for events when something fails between the client and the service. Each row is a test against the
real service, behind a proxy that does what the row says; at its end what was sent is what is stored plus what was
dropped or reported, and nothing is in the store twice.

\`logEvent\` keeps events until they are stored, however long that takes; awaited calls try again within their
\`timeout\` and \`maxRetries\`, and throw what is left.

`;

const titles = ['what goes wrong', '`logEvent`', '`createEvent`, `createEventsBatch`'];
const storedOnce = 'stored once';

const describeAwaited = (awaited) => (awaited === 'stored' ? storedOnce : `\`${awaited}\``);

/** @param matrix of `test/faults/fault-matrix.mjs` */
export function renderFaults({ faultMatrix, otherFaults }) {
  const requests = faultMatrix.map(({ name, awaited }) => [
    name,
    storedOnce,
    describeAwaited(awaited),
  ]);
  return [
    heading('Faults', text),
    `## To the first requests\n\n${table(titles, requests)}`,
    `## To connections, and for longer\n\n${table(titles, otherFaults)}`,
  ].join('\n');
}
