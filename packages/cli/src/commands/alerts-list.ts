import type { Alert } from 'honeyhive-wire';
import { withAlerts } from '../alerts/with-alerts.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

const instant = (text: string | null): string =>
  text === null ? 'never' : formatInstant(Date.parse(text));

const columns: readonly Column<Alert>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'NAME', cell: ({ name }) => oneLine(name, 40) },
  { title: 'TYPE', cell: ({ alert_type: type }) => type },
  {
    title: 'STATUS',
    cell: ({ status, is_muted: isMuted }) => status + (isMuted ? ' (muted)' : ''),
  },
  { title: 'LAST CHANGE (UTC)', cell: ({ last_changed_at: at }) => instant(at) },
  { title: 'LAST RUN (UTC)', cell: ({ last_run_at: at }) => instant(at) },
];

export const run: RunCommand = async (input, terminal) => {
  const alerts = await withAlerts(input, terminal, (api) => api.listAlerts());
  const table = () =>
    alerts.length === 0 ? 'There are no alerts.\n' : formatTable(alerts, columns);
  terminal.write('--json' in input.flags ? formatJson(alerts) : table());
  return exitCodes.ok.code;
};
