import type { CommandRow } from './command.ts';
import { json } from './json-option.ts';

/** What carries a project, or everything, out of a data folder and into one. */
export const transferCommands: readonly CommandRow[] = [
  {
    name: 'export',
    summary: 'Write a project, or everything, to a file that `honeyhive import` reads',
    details:
      'Works on the data folder directly, so the service has to be stopped. The file has one JSON record a line, each with a checksum; a name that ends in .jsonl.zst or .jsonl.gz compresses it. Until it is complete it is named FILE.partial. If interrupted, the same command resumes; if the data has changed meanwhile, it says so and starts over. An export of all projects includes the keys, of which only hashes are stored; an export of one project does not.',
    args: [
      {
        name: 'FILE',
        doc: 'File to write: a new name that ends in .jsonl, .jsonl.zst or .jsonl.gz.',
      },
    ],
    options: [
      {
        flag: '--project',
        value: 'name',
        doc: 'Only this project, by name or id.',
        default: 'everything',
      },
      {
        flag: '--restart',
        value: null,
        doc: 'Start over, ignoring what an earlier attempt left behind.',
      },
      json,
    ],
    settings: 'dataDir',
    examples: [
      'honeyhive export everything.jsonl.zst',
      'honeyhive export shop.jsonl --project shop',
    ],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'import',
    summary: 'Add what `honeyhive export` wrote to a data folder, ids and versions kept',
    details:
      'Works on the data folder directly, so the service has to be stopped; a missing folder is created. Existing records are not changed, so an interrupted import resumes when it is run again. Exits with 1 if events were skipped because another event has their id.',
    args: [{ name: 'FILE', doc: 'File to read: .jsonl, .jsonl.zst or .jsonl.gz.' }],
    options: [
      {
        flag: '--project',
        value: 'name',
        doc: 'Only this project of the file, by name or id, without keys.',
        default: 'everything',
      },
      { flag: '--as', value: 'name', doc: 'Give the project this name.', default: 'its own' },
      {
        flag: '--into',
        value: 'name',
        doc: 'Add the events of the project to this one, which is there and keeps its settings.',
        default: null,
      },
      json,
    ],
    settings: 'dataDir',
    examples: [
      'honeyhive import everything.jsonl.zst --data-dir ./data',
      'honeyhive import everything.jsonl.zst --project default --into default',
    ],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'backup',
    summary: 'Back up the whole data folder by the means of its engines',
    details:
      'Works on the data folder directly, so the service has to be stopped. Faster and larger than an export, and only for the same or a newer version of honeyhive.',
    args: [{ name: 'FOLDER', doc: 'Folder to write: a new or an empty one.' }],
    options: [json],
    settings: 'dataDir',
    examples: ['honeyhive backup /backups/2026-11-22'],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/backup.ts'),
  },
  {
    name: 'restore',
    summary: 'Make a data folder out of a backup, and compare it with what was backed up',
    details:
      'The data folder has to be new or without data. An interrupted restore can be run again.',
    args: [{ name: 'FOLDER', doc: 'Folder that `honeyhive backup` wrote.' }],
    options: [json],
    settings: 'dataDir',
    examples: ['honeyhive restore /backups/2026-11-22 --data-dir ./data'],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/restore.ts'),
  },
];
