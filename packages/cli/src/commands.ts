import type { CommandRow, OptionRow } from './command.ts';
import { alertCommands } from './alert-commands.ts';
import { json } from './json-option.ts';
import { costAndAgeCommands } from './cost-and-age-commands.ts';
import { transferCommands } from './transfer-commands.ts';

const project: OptionRow = {
  flag: '--project',
  value: 'name',
  doc: 'Only this project, by name or id.',
  default: 'those that the key may see',
};

const limit: OptionRow = {
  flag: '--limit',
  value: 'count',
  doc: 'Maximum number of rows, 1 to 1000.',
  default: '20',
};

/** Every command, once: parsing, help and dispatch are made from this table. */
export const commands: readonly CommandRow[] = [
  {
    name: 'serve',
    summary: 'Run the service in the foreground',
    details:
      'Prints its URL, its data folder and, on the first start, a key. Ctrl-C or SIGTERM shuts it down: accepted requests are answered first. A second signal exits immediately.',
    args: [],
    options: [],
    settings: 'all',
    examples: ['honeyhive serve', 'honeyhive serve --port 0 --data-dir ./data'],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'demo',
    summary:
      'Send a support conversation and a batch of events, read all of it back, print it as a tree',
    details:
      'Talks to the service of HH_API_URL and HH_API_KEY. Without them it starts a service on a free port and stops it at the end. Fails if an event is read back differently from how it was sent.',
    args: [],
    options: [
      {
        flag: '--sessions',
        value: 'count',
        doc: 'Instead of the conversation and the batch, fill a project with this many varied sessions of the last seven days, 1 to 100000.',
      },
      {
        flag: '--project',
        value: 'name',
        doc: 'Project for the sessions; ignored if the key is bound to a project.',
        default: 'default',
      },
      {
        flag: '--seed',
        value: 'text',
        doc: 'The same seed within the same hour gives the same sessions.',
        default: '1',
      },
      {
        flag: '--events',
        value: 'count',
        doc: 'Events in the batch, 1 to 100000.',
        default: '1000',
      },
      {
        flag: '--data-dir',
        value: 'folder',
        doc: 'Data folder of the service it starts.',
        default: 'a temporary folder, removed at the end',
      },
      json,
    ],
    settings: 'none',
    examples: ['honeyhive demo', 'honeyhive demo --events 10000', 'honeyhive demo --sessions 200'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'keys create',
    summary: 'Create an API key and show it once',
    details:
      'Works on the data folder directly, whether the service runs or not. An unknown project is created.',
    args: [],
    options: [
      {
        flag: '--project',
        value: 'name',
        doc: 'Project that the key is bound to, by name or id.',
        default: 'none: the key is valid for the whole organisation',
      },
      {
        flag: '--access',
        value: 'word',
        doc: 'What the key may do: everything, only read, or only write sessions and events.',
        choices: ['full', 'read', 'ingest'],
        default: 'full',
      },
      {
        flag: '--form',
        value: 'word',
        doc: "Form of the key: typed is hh_ingst_… or hh_fgdp_…, by its access, as HoneyHive's SDKs require it from 1.6 on.",
        choices: ['plain', 'typed'],
        default: 'plain',
      },
      { flag: '--name', value: 'text', doc: 'What the key is for, shown in lists.', default: null },
      {
        flag: '--expires-in-days',
        value: 'count',
        doc: 'Days until the key expires, from 1 to 3650.',
        default: 'never',
      },
      json,
    ],
    settings: 'dataDir',
    examples: [
      'honeyhive keys create --name laptop',
      'honeyhive keys create --project shop --access ingest --name production',
      'honeyhive keys create --access read --name contractor --expires-in-days 30',
    ],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/keys-create.ts'),
  },
  {
    name: 'keys list',
    summary: 'List the API keys, without their secrets',
    args: [],
    options: [json],
    settings: 'dataDir',
    examples: ['honeyhive keys list'],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/keys-list.ts'),
  },
  {
    name: 'keys revoke',
    summary: 'Revoke an API key; a running service rejects it within a second',
    args: [{ name: 'ID', doc: 'Id of the key, as `honeyhive keys list` shows it.' }],
    options: [
      {
        flag: '--with-children',
        value: null,
        doc: 'Also its descendants, the keys created with it: for a leaked key.',
      },
      json,
    ],
    settings: 'dataDir',
    examples: [
      'honeyhive keys revoke 4fGh2kLmN8pQ',
      'honeyhive keys revoke 4fGh2kLmN8pQ --with-children',
    ],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/keys-revoke.ts'),
  },
  {
    name: 'audit',
    summary: 'List who changed keys, projects and settings, who signed in, and what was deleted',
    details:
      'Newest first. Works on the data folder directly, whether the service runs or not. The last 50,000 entries on failures and deleted events are kept, and the last 50,000 others, for 400 days.',
    args: [],
    options: [
      {
        flag: '--limit',
        value: 'count',
        doc: 'Maximum number of entries, 1 to 100000.',
        default: '50',
      },
      json,
    ],
    settings: 'dataDir',
    examples: ['honeyhive audit', 'honeyhive audit --limit 1000 --json'],
    exits: ['notPermitted', 'config'],
    load: () => import('./commands/audit.ts'),
  },
  {
    name: 'projects list',
    summary: 'List the projects',
    args: [],
    options: [json],
    settings: 'none',
    examples: ['honeyhive projects list'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/projects-list.ts'),
  },
  {
    name: 'projects create',
    summary: 'Make a project',
    args: [{ name: 'NAME', doc: 'Name of the project, unique in the organisation.' }],
    options: [
      { flag: '--description', value: 'text', doc: 'What it is for.', default: null },
      json,
    ],
    settings: 'none',
    examples: ['honeyhive projects create shop --description "The web shop"'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/projects-create.ts'),
  },
  {
    name: 'projects show',
    summary: 'Show one project',
    args: [{ name: 'NAME', doc: 'Name or id of the project.' }],
    options: [json],
    settings: 'none',
    examples: ['honeyhive projects show shop'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/projects-show.ts'),
  },
  {
    name: 'projects delete',
    summary: 'Delete a project with all of its events and keys',
    args: [{ name: 'NAME', doc: 'Name or id of the project.' }],
    options: [
      {
        flag: '--yes',
        value: null,
        doc: 'Delete it. Without this option the command only prints what would be deleted.',
      },
      json,
    ],
    settings: 'none',
    examples: ['honeyhive projects delete shop --yes'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/projects-delete.ts'),
  },
  {
    name: 'sessions list',
    summary: 'List the sessions, newest first',
    args: [],
    options: [project, limit, json],
    settings: 'none',
    examples: [
      'honeyhive sessions list --limit 5',
      'honeyhive sessions list --project shop --json',
    ],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/sessions-list.ts'),
  },
  {
    name: 'sessions show',
    summary: 'Show a session as a tree: what ran, how long it took, what it used, what failed',
    args: [{ name: 'ID', doc: 'Id of the session, as `honeyhive sessions list` shows it.' }],
    options: [json],
    settings: 'none',
    examples: ['honeyhive sessions show 0193b5a2-7c1e-7000-8000-3f6a5e1d2c4b'],
    exits: ['unreachable', 'notPermitted', 'config'],
    load: () => import('./commands/sessions-show.ts'),
  },
  ...costAndAgeCommands,
  ...alertCommands,
  ...transferCommands,
  {
    name: 'doctor',
    summary:
      'Check this machine, the data folder, the port, ClickHouse, and that a written event can be read',
    details:
      'Checks a running service through HH_API_URL and HH_API_KEY; otherwise a store in a temporary folder.',
    args: [],
    options: [json],
    settings: 'all',
    examples: ['honeyhive doctor', 'honeyhive doctor --data-dir ./data --json'],
    exits: ['config'],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'config',
    summary: 'Print all effective settings and their sources',
    args: [],
    options: [json],
    settings: 'all',
    examples: ['honeyhive config', 'HH_PORT=5000 honeyhive config --json'],
    exits: ['config'],
    load: () => import('./commands/config.ts'),
  },
];
