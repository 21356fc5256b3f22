import type { CommandRow, OptionRow } from './command.ts';
import { json } from './json-option.ts';

const project: OptionRow = {
  flag: '--project',
  value: 'name',
  doc: 'Project, by name or id.',
  default: 'the only one that the key may see, or default',
};

const alert = { name: 'ALERT', doc: 'Name or id of the alert.' };

const exits = ['unreachable', 'notPermitted', 'config'] as const;

/** What looks at alerts, and makes them from files. */
export const alertCommands: readonly CommandRow[] = [
  {
    name: 'alerts list',
    summary: 'List the alerts of a project with their states',
    args: [],
    options: [project, json],
    settings: 'none',
    examples: ['honeyhive alerts list --project shop'],
    exits,
    load: () => import('./commands/alerts-list.ts'),
  },
  {
    name: 'alerts show',
    summary: 'Show one alert: its state, and what it watches',
    args: [alert],
    options: [project, json],
    settings: 'none',
    examples: ['honeyhive alerts show "Error rate" --project shop'],
    exits,
    load: () => import('./commands/alerts-show.ts'),
  },
  {
    name: 'alerts test',
    summary: 'Send a test to every destination of an alert, and show what was answered',
    details: 'Sends each once, without retries. Exits with 1 if one of them failed.',
    args: [alert],
    options: [project, json],
    settings: 'none',
    examples: ['honeyhive alerts test "Error rate" --project shop'],
    exits,
    load: () => import('./commands/alerts-test.ts'),
  },
  {
    name: 'alerts backtest',
    summary: 'Show when an alert would have fired',
    details:
      'Of an alert of the project, or of one in a file that is not applied yet. Nothing is stored or sent.',
    args: [alert],
    options: [
      project,
      {
        flag: '--file',
        value: 'file',
        doc: 'Take the alert of that name from this file, as `honeyhive apply` reads it.',
        default: 'that of the project',
      },
      { flag: '--days', value: 'count', doc: 'Days up to now, 1 to 31.', default: '30' },
      json,
    ],
    settings: 'none',
    examples: [
      'honeyhive alerts backtest "Error rate" --project shop',
      'honeyhive alerts backtest "Error rate" --file alerts.yaml --days 7',
    ],
    exits,
    load: () => import('./commands/alerts-backtest.ts'),
  },
  {
    name: 'alerts export',
    summary: 'Print the alerts and destinations of a project as a file for `honeyhive apply`',
    details:
      'Without secrets: URLs and signing secrets are left out. The two alerts that the thresholds of the settings make are not in it.',
    args: [],
    options: [project],
    settings: 'none',
    examples: ['honeyhive alerts export --project shop > alerts.yaml'],
    exits,
    load: () => import('./commands/alerts-export.ts'),
  },
  {
    name: 'apply',
    summary: 'Give a project the alerts and destinations of a file',
    details:
      'Prints what it creates, changes and deletes. Alerts and destinations are recognised by their names; applying a file twice changes nothing the second time. ${NAME} in a URL is taken from the environment. Everything that is wrong with the file is reported, with its line, before anything is changed.',
    args: [{ name: 'FILE', doc: 'YAML file with the keys project, destinations and alerts.' }],
    options: [
      {
        flag: '--project',
        value: 'name',
        doc: 'Project, by name or id.',
        default: 'that of the file, else the only one that the key may see, or default',
      },
      { flag: '--dry-run', value: null, doc: 'Only print what would be done.' },
      {
        flag: '--prune',
        value: null,
        doc: 'Also delete the alerts and destinations that the file does not have.',
      },
      json,
    ],
    settings: 'none',
    examples: ['honeyhive apply alerts.yaml --dry-run', 'honeyhive apply alerts.yaml --prune'],
    exits,
    load: () => import('./commands/apply.ts'),
  },
];
