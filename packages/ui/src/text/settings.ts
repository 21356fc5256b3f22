/** What the settings say. */
export const settingsText = {
  title: 'Settings',
  topics: {
    general: 'General',
    sampling: 'Sampling',
    retention: 'Retention',
    prices: 'Prices',
    keys: 'Keys',
    about: 'About',
  },
  topicList: 'Topics of the settings',
  save: 'Save',
  discard: 'Discard',
  unsaved: 'Not saved yet',
  saved: 'Saved',
  saveFailed: 'Not saved',
  cancel: 'Cancel',
  changedAt: (when: string) => `Last changed ${when}`,
  readOnly: 'The key you signed in with is read-only and cannot change settings.',

  renamedByOrganisation: 'Only organisation keys can rename a project.',
  name: 'Name',
  description: 'Description',
  projectId: 'Project id',
  timeZone: 'Time zone',
  timeZoneHint: 'For all times and chart buckets, in this browser.',
  remove: 'Delete this project',
  removeHint: 'All its sessions, keys and settings are permanently deleted.',
  removeAsk: (name: string) => `Type ${name} to delete the project and everything in it.`,
  removed: (name: string) => `${name} was deleted`,
  removeFailed: 'The project was not deleted',

  rate: 'Sessions to keep, percent',
  rateHint:
    'Decided for whole sessions, by a hash of their id, when they reach the service. A session is kept or dropped with all of its events. Clients can sample before they send: see their option “sampling”.',
  rateWrong: 'A number from 0 to 100.',
  rateBySource: 'Other shares for some sources',
  rateBySourceHint:
    'One line per source: its name, then percent of its sessions to keep. Example: staging 100. What counts is the source of the first event of a session.',
  rateBySourceWrong:
    'Each line needs a source, once, and a number from 0 to 100, such as: staging 100',
  rateByType: 'Events to keep in these sessions, percent',
  rateByTypeHint:
    'Empty keeps all of a type. With less, a session keeps either all its events of the type or none, and is marked as partial.',
  rateTypes: { model: 'Model', tool: 'Tool', chain: 'Chain' },
  exceptions: 'Keep whatever the share',
  keepErrors: 'Sessions with an error',
  keepFeedback: 'Sessions with feedback',
  exceptionsHint:
    'What came before the error or the feedback is held in memory for a while. A session that may lack events that came earlier is marked as partial.',
  estimate: (kept: string, all: string) =>
    `Of the ${all} sessions stored in the last 24 hours, about ${kept} would have been kept.`,

  days: 'Days to keep events',
  forever: 'Keep indefinitely',
  daysHint: 'Older sessions are deleted every hour, with all of their events.',
  payloadDays: 'Days to keep inputs and outputs',
  withEvents: 'Keep inputs and outputs as long as their events',
  payloadDaysHint:
    'Older ones are deleted every hour. Names, times, errors, metadata, usage and cost of the events stay, so that lists and charts remain as they are.',
  daysWrong: 'A whole number of days from 1 to 36,500.',
  wouldGo: (sessions: string, before: string, bytes: string) =>
    `Would delete ${sessions} last changed before ${before}, ${bytes} of inputs and outputs.`,
  wouldKeep: 'No stored session is older.',
  wouldEmpty: (events: string, before: string, bytes: string) =>
    `Would delete the inputs and outputs of ${events} in sessions last changed before ${before}, ${bytes}.`,
  wouldKeepPayloads: 'No stored input or output is older.',
  shortenAsk: (name: string) => `Type ${name} to delete what is older.`,
  shorten: 'Delete what is older',

  priceTable: (date: string, version: string) =>
    `Costs that senders do not report are computed with the price table of ${date} (@pydantic/genai-prices ${version}).`,
  noPriceTable: 'The price table is off: only costs that senders report are known.',
  prices: 'Prices of this project',
  pricesHint:
    'They override the price table. One line per model: its name, where * stands for any text, then US dollars per million tokens of input, of output and, if they differ, of cache reads and cache writes. Example: gpt-4o* 2.5 10 1.25. Run “honeyhive reprice” to apply them to stored events.',
  pricesWrong: 'Each line needs a model and 2 to 4 prices, such as: gpt-4o* 2.5 10 1.25',
  unpriced: 'Models without a price',
  allPriced: 'Every event of the last 30 days that used tokens has a cost.',
  unpricedEvents: (events: string) =>
    `The cost of ${events} events of the last 30 days is unknown.`,
  model: 'Model',
  unnamedModel: 'Not reported',
  events: 'Events',
  tokens: 'Tokens',
  lastUsed: 'Last used',

  keyName: 'Name',
  keyAccess: 'Access',
  access: {
    full: 'Everything',
    read: 'Read',
    ingest: 'Write sessions and events',
  },
  keyProject: 'Project',
  wholeOrganisation: 'All projects',
  keyMade: 'Created',
  keyMadeBy: 'Created by',
  keyMakerUnknown: 'Unknown',
  keyUsed: 'Last used',
  keyNeverUsed: 'Never',
  keyState: 'State',
  keyGood: 'Active',
  keyCurrent: 'You signed in with it',
  keyRevoked: (when: string) => `Revoked ${when}`,
  keyExpired: (when: string) => `Expired ${when}`,
  keyExpires: (state: string, when: string) => `${state}, expires ${when}`,
  keyExpiry: 'Expires',
  keyForm: 'Form',
  keyForms: {
    plain: 'hh_…',
    typed: 'hh_ingst_… or hh_fgdp_…, for HoneyHive’s SDKs from 1.6 on',
  },
  expiresIn: (days: number) =>
    days === 0 ? 'Never' : days === 365 ? 'In a year' : `In ${days} days`,
  makeKey: 'Create key',
  keyShown: 'Copy it now: it is not shown again.',
  keyFailed: 'The key was not created',
  copyKey: 'Copy key',
  done: 'Done',
  revoke: 'Revoke',
  revokeAsk: (name: string) =>
    `Revoke “${name}”? Its requests are rejected within a second. To rotate, create the new key first.`,
  revokeChildren: (count: number) =>
    count === 1
      ? 'Also the active key created with it'
      : `Also the ${count} active keys created with it`,
  revokeFailed: 'The key was not revoked',
  revoked: 'Key revoked',
  keys: 'Keys',
  keyActions: 'Actions',

  version: 'Version',
  uptime: 'Running for',
  store: 'Event store',
  storeFine: (latency: string) => `responds in ${latency}`,
  storeFailed: 'does not respond',
  queue: 'Waiting to be stored',
  queueState: (requests: string, bytes: string) => `${requests}, ${bytes}`,
  request: 'request',
  textIndex: 'Text search',
  textIndexWhole: 'indexed',
  textIndexGrows: (done: string, all: string) =>
    `${done} of ${all} hours indexed; the others are slower to search`,
  licence: 'Licence',
  licenceName: 'Apache-2.0. An independent implementation, not affiliated with HoneyHive.',
} as const;
