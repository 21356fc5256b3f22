import type { Delivery } from 'honeyhive-wire';
import { findAlert } from '../alerts/find-alert.ts';
import { withAlerts } from '../alerts/with-alerts.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

const columns: readonly Column<Delivery>[] = [
  { title: 'DESTINATION', cell: ({ destination_name: name }) => oneLine(name ?? '', 40) },
  { title: 'KIND', cell: ({ kind }) => kind },
  { title: 'RESULT', cell: ({ status }) => (status === 'delivered' ? 'delivered' : 'failed') },
  { title: 'STATUS', cell: ({ attempts }) => String(attempts.at(-1)?.status ?? '') },
  {
    title: 'TOOK',
    align: 'right',
    cell: ({ attempts }) => `${attempts.at(-1)?.duration_ms ?? 0} ms`,
  },
  {
    title: 'ANSWER',
    cell: ({ attempts }) => oneLine(attempts.at(-1)?.error ?? attempts.at(-1)?.body ?? '', 80),
  },
];

export const run: RunCommand = async (input, terminal) => {
  const deliveries = await withAlerts(input, terminal, async (api) => {
    const { destination_ids: ids, name } = findAlert(await api.listAlerts(), input.args[0] ?? '');
    if (ids.length === 0)
      throw new Failure(`the alert ${JSON.stringify(name)} has no destinations`, {
        nextStep: 'Name some in `destinations` of a file for `honeyhive apply`.',
      });
    const sent: Delivery[] = [];
    for (const id of ids) sent.push(await api.testDestination(id));
    return sent;
  });
  terminal.write(
    '--json' in input.flags ? formatJson(deliveries) : formatTable(deliveries, columns),
  );
  const areDelivered = deliveries.every(({ status }) => status === 'delivered');
  return areDelivered ? exitCodes.ok.code : exitCodes.failed.code;
};
