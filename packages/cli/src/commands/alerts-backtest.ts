import { readFile } from 'node:fs/promises';
import type { Backtest, BacktestIn } from 'honeyhive-wire';
import { readAlertFile } from '../alerts/alert-file.ts';
import { toFileAlert } from '../alerts/file-text.ts';
import { findAlert } from '../alerts/find-alert.ts';
import { withAlerts } from '../alerts/with-alerts.ts';
import type { RunCommand } from '../command.ts';
import { readCount } from '../count-flag.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { countOf, formatCount, formatDuration, formatInstant } from '../output/figures.ts';
import { formatJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import type { Column } from '../output/table.ts';
import { oneLine } from '../output/text.ts';

const dayMs = 86_400_000;
const mostDays = 31;
const shownEvents = 20;

type Group = Backtest['data']['groups'][number];

/** The alert of that name in a file, as the service takes it. */
async function readFromFile(
  file: string,
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<BacktestIn> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure(`${file} cannot be read`, { cause });
  });
  const found = readAlertFile({ name: file, text }, env).alerts.find((each) => each.name === name);
  if (found === undefined) throw new Failure(`${file} has no alert ${JSON.stringify(name)}`);
  return withoutState(found);
}

/** What it would do does not depend on where it sends, nor on whether it is muted. */
function withoutState({
  destinations: _destinations,
  status: _status,
  is_muted: _isMuted,
  muted_until: _until,
  ...alert
}: Record<string, unknown>): BacktestIn {
  return alert;
}

export const run: RunCommand = async (input, terminal) => {
  const [name = ''] = input.args;
  const days = readCount('--days', input.flags['--days'] ?? '30', mostDays);
  const file = input.flags['--file'];
  const given = file === undefined ? null : await readFromFile(file, name, terminal.env);
  const result = await withAlerts(input, terminal, async (api) => {
    const alert = given ?? withoutState(toFileAlert(findAlert(await api.listAlerts(), name), []));
    const to = Date.now();
    return api.backtest({ ...alert, from: to - days * dayMs, to });
  });
  terminal.write('--json' in input.flags ? formatJson(result) : toText(result));
  return exitCodes.ok.code;
};

const columns: readonly Column<Group>[] = [
  { title: 'GROUP', cell: ({ group }) => oneLine(group ?? '(all)', 50) },
  { title: 'FIRED', align: 'right', cell: ({ fired }) => formatCount(fired) },
  { title: 'ALARM FOR', align: 'right', cell: ({ alarm_ms: ms }) => formatDuration(ms) },
  {
    title: 'LAST FIRED (UTC)',
    cell: ({ firings }) => {
      const last = firings.at(-1);
      return last === undefined ? 'never' : formatInstant(last.from);
    },
  },
];

function toText({ data }: Backtest): string {
  const { from, to, fired, groups, groups_total: total, events } = data;
  const range = `from ${formatInstant(from)} to ${formatInstant(to)} UTC`;
  const head = `Would have fired ${countOf(fired, 'time')} ${range}, in ${countOf(total, 'group')}.\n`;
  const shown = events
    .slice(0, shownEvents)
    .map(({ group, at, value }) => `${formatInstant(at)}  ${oneLine(group ?? '', 60)}  ${value}\n`);
  return head + (groups.length === 0 ? '' : formatTable(groups, columns)) + shown.join('');
}
