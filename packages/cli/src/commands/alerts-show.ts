import { stringify } from 'yaml';
import type { Alert, Destination } from 'honeyhive-wire';
import { findAlert } from '../alerts/find-alert.ts';
import { toFileAlert } from '../alerts/file-text.ts';
import { withAlerts } from '../alerts/with-alerts.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { formatJson } from '../output/json.ts';

export const run: RunCommand = async (input, terminal) => {
  const { alert, destinations } = await withAlerts(input, terminal, async (api) => {
    const present = await api.read();
    return { ...present, alert: findAlert(present.alerts, input.args[0] ?? '') };
  });
  terminal.write('--json' in input.flags ? formatJson(alert) : toText(alert, destinations));
  return exitCodes.ok.code;
};

/** What it watches, as in a file, after what it does. */
function toText(alert: Alert, destinations: readonly Destination[]): string {
  const { id, status, is_muted, muted_until, last_run_at, last_result } = alert;
  const { last_triggered_at, last_changed_at } = alert;
  const times = { muted_until, last_run_at, last_triggered_at, last_changed_at };
  const state = { id, status, is_muted, ...times, last_result };
  return `${stringify(state)}\n${stringify(toFileAlert(alert, destinations))}`;
}
