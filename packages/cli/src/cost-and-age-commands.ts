import type { CommandRow } from './command.ts';
import { json } from './json-option.ts';

/** Commands that change what is stored already: what it cost, and how long it stays. */
export const costAndAgeCommands: readonly CommandRow[] = [
  {
    name: 'reprice',
    summary: 'Compute costs again that the service computed, after prices changed',
    details:
      'Costs that senders reported stay. Can be interrupted and repeated: what has its cost already stays as it is.',
    args: [{ name: 'PROJECT', doc: 'Name or id of the project.' }],
    options: [
      {
        flag: '--since',
        value: 'TIME',
        doc: 'Events that began then or later: a date or a time in ISO-8601, such as 2026-11-01.',
      },
      { flag: '--dry-run', value: null, doc: 'Only say what would change.' },
      json,
    ],
    settings: 'none',
    examples: [
      'honeyhive reprice shop --since 2026-11-01 --dry-run',
      'honeyhive reprice shop --since 2026-11-01T12:00:00Z',
    ],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/reprice.ts'),
  },
  {
    name: 'retention',
    summary: 'Say what a retention deletes, in counts and bytes, and set it',
    details:
      'Without --days and --payload-days it says what the settings of the project delete, and changes nothing.',
    args: [{ name: 'PROJECT', doc: 'Name or id of the project.' }],
    options: [
      {
        flag: '--days',
        value: 'count',
        doc: 'Days to keep sessions after their last change, 1 to 36500, or forever.',
        default: 'as set',
      },
      {
        flag: '--payload-days',
        value: 'count',
        doc: 'Days to keep inputs and outputs, 1 to 36500, or forever; the rest of the events stays.',
        default: 'as set',
      },
      { flag: '--dry-run', value: null, doc: 'Only say what would be deleted.' },
      json,
    ],
    settings: 'none',
    examples: [
      'honeyhive retention shop',
      'honeyhive retention shop --days 90 --payload-days 14 --dry-run',
      'honeyhive retention shop --days forever',
    ],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/retention.ts'),
  },
];
