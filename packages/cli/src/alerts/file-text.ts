import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { fillAlert } from 'honeyhive-server/alert-content';
import type { Alert, Destination } from 'honeyhive-wire';
import type { Present } from './apply-plan.ts';

/** An alert as it stands in a file: without what is the default, and without its state. */
export function toFileAlert(
  alert: Alert,
  destinations: readonly Destination[],
): Record<string, unknown> {
  const present: Readonly<Record<string, unknown>> = alert;
  const written: Record<string, unknown> & { name: string } = { name: alert.name };
  for (const name of Object.keys(fillAlert({ name: alert.name }))) {
    if (name === 'destination_ids') continue;
    // Some defaults depend on the fields before.
    const filled: Readonly<Record<string, unknown>> = fillAlert(written);
    if (!isDeepStrictEqual(filled[name], present[name])) written[name] = present[name];
  }
  const names = alert.destination_ids.flatMap(
    (id) => destinations.find((each) => each.id === id)?.name ?? [],
  );
  return { ...written, ...(names.length === 0 ? {} : { destinations: names }) };
}

const head = `# Alerts and destinations of a project, for \`honeyhive apply\`.
# URLs are secrets and not in here: a destination that is there keeps its own, a new one needs
# url: \${NAME}, which is taken from the environment.
`;

/** A file that `honeyhive apply` reads; signing secrets and URLs are left out. */
export function toFileText(project: string, { destinations, alerts }: Present): string {
  const own = destinations.filter(({ made_by: by }) => by === 'caller');
  return (
    head +
    stringify({
      project,
      destinations: own.map(({ name, kind, addresses }) =>
        kind === 'email' ? { name, kind, addresses } : { name, kind },
      ),
      alerts: alerts.filter(({ standing }) => !standing).map((each) => toFileAlert(each, own)),
    })
  );
}
