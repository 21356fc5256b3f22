/**
 * Every number that the contract fixes, with its source. Sizes are bytes of UTF-8 JSON unless the name says otherwise.
 */
export const limits = {
  /**
   * Largest request body after decompression. Source: ours; the largest payload that a client of the vendor sends stays
   * below.
   */
  bodyBytes: 50 * 1024 * 1024,
  /**
   * One event: as it is sent, and its JSON fields after each change. Source: ours; the vendor refuses requests above
   * 5 MB, and a larger value is a file, which delays all other requests while it is read.
   */
  eventBytes: 16 * 1024 * 1024,
  /** Largest body of an operation that needs no key. Source: ours; an escaped key of 512 characters takes 3 KB. */
  publicBodyBytes: 4096,
  /** Largest body of an operation that stores no events: queries, keys, projects, settings. Source: ours. */
  queryBodyBytes: 1024 * 1024,
  /** Events in one batch request. Source: ours; no official client sends more than 1,000. */
  batchEvents: 10_000,
  /** JSON values in one request. Source: ours; 100 values in each of 10,000 events are half of it. */
  jsonValues: 2_000_000,
  /**
   * JSON values in one event, span or other body that stores something. Source: ours; 130 embeddings of 1,536 numbers.
   */
  eventValues: 200_000,
  /** JSON values in the body of an operation that stores no events. Source: ours. */
  queryValues: 20_000,
  /** Keys of one JSON object. Source: that of `spanAttributes`. */
  objectKeys: 10_000,
  /**
   * Nesting of objects and arrays inside one free-form field. Source: ours; deeper values cannot be displayed or
   * filtered.
   */
  jsonDepth: 100,
  /** Children that one event may name. Source: ours. */
  childrenIds: 10_000,
  /** Characters of an id. Source: ours; official ids are UUIDs (36) or 24 hex digits. */
  idChars: 128,
  /** Characters of an event or session name. Source: ours; span names of OpenTelemetry stay far below. */
  nameChars: 1024,
  /** Characters of a project name. Source: docs/contract.md, "Projects". */
  projectNameChars: 200,
  /** Characters of `source`. Source: ours. */
  sourceChars: 256,
  /** Largest instant, epoch milliseconds: the end of the JavaScript date range. Source: ECMA-262 section 21.4.1.1. */
  timeMs: 8.64e15,
  /** Attributes of one span. Source: docs/contract.md, "OpenTelemetry". */
  spanAttributes: 10_000,
  /** Largest page of `/events/export` and `GET /events`. Source: docs/contract.md, "Lists". */
  exportPage: 7_500,
  /** Largest page of `/v1/events/search`. Source: docs/contract.md, "Lists". */
  searchPage: 1_000,
  /** Page size when the caller names none. Source: docs/contract.md, "Lists". */
  defaultPage: 1_000,
  /** Largest page of project lists. Source: ours. */
  projectPage: 1_000,
  /** Filters in one query. Source: ours. */
  filters: 50,
  /**
   * Cost of all filters of one query: 1 for a root field, else the number of possible interpretations of the path as
   * objects and arrays: 6 for two segments in a bucket, 12 for three, 53 for eighteen. Source: ours; 50 filters of
   * three segments cost 600.
   */
  filterCost: 600,
  /** Characters of the value of a filter. Source: ours. */
  filterValueChars: 10_000,
  /** Fields that one query may ask for. Source: ours. */
  projections: 1_000,
  /** Segments of a dotted field path in a filter or projection. Source: ours. */
  pathSegments: 20,
  /** Largest page of `/v1/explore/rows`. Source: ours. */
  explorePage: 200,
  /** Saved views of one project. Source: ours. */
  savedViews: 500,
  /** Keys that are neither revoked nor expired: of one project, and of the organisation as a whole. Source: ours. */
  activeKeys: 1_000,
  /** Sign-ins with one key; the oldest ends when there are more. Source: ours. */
  signInsPerKey: 100,
  /** Settings of one project, bytes. Source: ours; those that have a meaning are below 1 kB. */
  settingsBytes: 64 * 1024,
  /** Alert thresholds of one project. Source: ours. */
  alertThresholds: 100,
  /** Alert destinations of one project, made by callers. Source: ours. */
  projectDestinations: 100,
  /** Characters of the name of a destination. Source: ours. */
  destinationNameChars: 200,
  /** Characters of the URL of a destination. Source: ours. */
  destinationUrlChars: 2_048,
  /** E-mail addresses of one destination. Source: ours. */
  emailAddresses: 20,
  /** Characters of an e-mail address. Source: RFC 5321 section 4.5.3.1.3. */
  emailAddressChars: 254,
  /** Largest page of alert deliveries. Source: ours; each has up to 1 KiB of an answer. */
  deliveryPage: 200,
  /** Alerts of one project. Source: ours. */
  alerts: 1_000,
  /** Groups of one alert that are evaluated. Source: ours. */
  alertGroups: 1_000,
  /** Further conditions of one alert. Source: ours. */
  alertConditions: 5,
  /** Destinations of one alert. Source: ours. */
  alertDestinations: 20,
  /** Largest page of alerts. Source: docs/contract.md, "Alerts". */
  alertPage: 100,
  /** Largest page of the history of an alert. Source: ours. */
  alertHistoryPage: 1_000,
  /** Sources of a project with their own sampling rate. Source: ours. */
  samplingSources: 100,
  /** Prices in the settings of a project. */
  modelPrices: 200,
  /** Characters of the name of a setting or threshold. Source: ours. */
  settingNameChars: 200,
  /** Extra keys of one project, bytes. Source: ours. */
  projectMetadataBytes: 64 * 1024,
  /** One held update, bytes. Source: ours; a change is small compared to its event. */
  heldUpdateBytes: 4 * 1024 * 1024,
  /** Held updates of one project. Source: ours. */
  heldUpdates: 10_000,
  /** Held updates of one project, bytes. Source: ours. */
  heldUpdatesBytes: 64 * 1024 * 1024,
  /** Held updates of all projects, bytes. Source: ours. */
  heldUpdatesTotalBytes: 256 * 1024 * 1024,
  /** Largest page of `/v1/audit`. Source: ours. */
  auditPage: 1_000,
  /** Columns that the rows of one page carry. Source: ours. */
  exploreColumns: 30,
  /** Rows up to which a total is exact. Source: ours. */
  exactCount: 10_000,
  /** Characters of a preview. Source: ours. */
  previewChars: 200,
  /** Characters of a free-text search. Source: ours. */
  searchTextChars: 1024,
  /** Values of a field in one answer. Source: ours. */
  exploreValues: 200,
  /** Groups in one answer. Source: ours. */
  exploreGroups: 1_000,
  /** Questions of one batch. Source: ours. */
  exploreBatch: 50,
  /** Buckets of a chart or histogram. Source: ours; no screen shows more. */
  chartBuckets: 2_000,
  /** Series of a chart, the one of all others not counted. Source: ours. */
  chartSeries: 50,
  /** Streams that one key, or one sign-in, may have open. Source: ours; each costs a query a tick. */
  streamsOfKey: 20,
  /** Streams that may be open for one project. Source: ours. */
  streamsOfProject: 50,
  /** Streams that may be open in all. Source: ours. */
  streams: 200,
  /** Sessions or events deleted by one request. Source: ours. */
  deleteMany: 1_000,
  /** Models without a price in one response. */
  pageOfModels: 100,
} as const;
