// Who may import whom: the packages, and the folders of each. `check-boundaries.mjs` holds the sources to it.
import { listFiles } from './stamp.mjs';

/** Package → packages of ours that it may import. */
export const mayImport = {
  facts: [],
  wire: ['facts'],
  client: ['facts'],
  server: ['facts', 'wire'],
  testkit: ['wire'],
  cli: ['client', 'facts', 'server', 'wire'],
  ui: ['client', 'facts', 'wire'],
};

/** Files of a package that lie beside its folders. */
export const beside = null;

/** The folders of the client: each may import those of the lines before. */
const clientFloors = [
  ['generated', 'json', 'runtime'],
  ['errors'],
  ['wire'],
  ['policy'],
  ['options'],
  ['layers', 'transport'],
  ['call'],
  ['delivery', 'methods'],
  ['delivery/node', 'client'],
  ['fake', 'sync'],
  [beside],
  // Runs the client of the floor below it.
  ['sync/worker'],
];

/** The rooms of the event store: each may import those of the lines before. */
const eventStoreFloors = [
  ['store/events/engine'],
  ['store/events/rows'],
  ['store/events/schema', 'store/events/sql'],
  ['store/events/follow', 'store/events/hours', 'store/events/writes'],
  ['store/events/reads'],
  ['store/events/explore'],
];

/** Noun of the server → what its folder may import beside `underNouns`. One that is not named needs no more. */
const nounNeeds = {
  alerts: ['senders', 'store'],
  audit: ['auth'],
  auth: ['keys'],
  deliveries: ['alerts', 'senders', 'store'],
  destinations: ['deliveries', 'senders', 'store'],
  events: ['held-updates', 'ingest', 'projects'],
  explore: ['ingest', 'projects', 'sessions'],
  health: ['ingest'],
  'held-updates': ['ingest'],
  live: ['auth', 'events', 'explore', 'fairness', 'ingest', 'keys'],
  otlp: ['events', 'held-updates', 'ingest'],
  projects: ['ingest'],
  sessions: ['events', 'projects'],
  settings: ['alerts', 'ingest'],
};
const underNouns = ['calls', 'domain', 'store/metadata', beside];

/** Folder → the folders of the lines before its own, and the others. */
const byFloors = (floors, others = []) =>
  Object.fromEntries(
    floors.flatMap((floor, index) =>
      floor.map((folder) => [folder, [...floors.slice(0, index).flat(), ...others]]),
    ),
  );

const eventStore = byFloors(eventStoreFloors, ['domain', 'store', beside]);

/** A folder of the server with handlers is a noun. */
const nouns = listFiles('packages/server/src').flatMap(
  (path) => /^packages\/server\/src\/([\w-]+)\/handlers\.ts$/.exec(path)?.[1] ?? [],
);

/** Package → folder of it → what of the package it may import beside itself. Folders that are not named are free. */
export const folders = {
  server: {
    domain: [],
    store: ['domain', beside],
    ...eventStore,
    'store/events': [...Object.keys(eventStore), 'domain', 'store', beside],
    'store/metadata': ['domain', 'store', beside],
    'store/backup': [...Object.keys(eventStore), 'domain', 'store', 'store/metadata', beside],
    fairness: ['domain', beside],
    ingest: ['domain', beside],
    prices: ['domain', beside],
    senders: ['domain', 'store', beside],
    observe: ['domain', 'ingest', beside],
    state: ['auth', 'domain', 'ingest', 'live', 'store/metadata', beside],
    upkeep: ['alerts', 'domain', 'ingest', 'observe', 'senders', 'state', 'store', beside],
    transfer: ['domain', 'ingest', beside],
    calls: ['domain'],
    ...Object.fromEntries(nouns.map((noun) => [noun, [...underNouns, ...(nounNeeds[noun] ?? [])]])),
    http: [
      'audit',
      'auth',
      'calls',
      'domain',
      'fairness',
      'keys',
      'live',
      'observe',
      'otlp',
      beside,
    ],
  },
  client: byFloors(clientFloors),
  ui: {
    text: ['format'],
    format: [],
    state: ['format'],
    kit: ['format', 'state', 'text'],
    generated: [],
    api: ['format', 'generated', 'state'],
  },
};

/** Folders of the UI that are screens: parts of one that another needs belong in their own folder. */
export const screens = [
  'alerts',
  'charts',
  'compare',
  'explore',
  'onboarding',
  'session',
  'settings',
];
