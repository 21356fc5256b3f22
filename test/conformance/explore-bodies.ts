const selection = {
  project: 'odd',
  scope: 'sessions',
  filter_target: 'any_event',
  filters: [
    { field: 'metadata.cost', operator: 'is', value: 1, type: 'number' },
    { any_of: [{ field: 'model', operator: 'contains', value: 'gpt' }] },
  ],
  text: 'two "words"',
  from: 1,
  to: 1_760_000_000_000,
};

/** A right body for each operation of the web UI that takes one, to be spoilt. */
export const exploreBodies = {
  saveView: () => ({
    name: 'odd',
    scope: 'sessions',
    query: 'error:*',
    columns: ['metadata.a'],
    sort: { field: 'total_tokens', direction: 'ascending' },
    range: '24h',
  }),
  createKey: () => ({ name: 'odd', access: 'read', project: 'odd' }),
  exploreRows: () => ({
    ...selection,
    sort: { field: 'total_tokens', direction: 'ascending' },
    columns: ['metadata.a', 'model'],
    cursor: Buffer.from('["total_tokens",0,1,"e"]').toString('base64url'),
    limit: 10,
  }),
  exploreHistogram: () => ({
    ...selection,
    buckets: 10,
    bucket_ms: 1_000_000,
    timezone: 'Europe/Berlin',
  }),
  exploreChart: () => ({
    project: 'odd',
    scope: 'events',
    filters: selection.filters,
    text: 'word',
    from: 1,
    to: 1_760_000_000_000,
    buckets: 10,
    timezone: 'UTC',
    metric: 'metadata.cost',
    aggregation: 'p95',
    group_by: 'model',
    top: 3,
  }),
  exploreBatch: () => ({
    project: 'odd',
    questions: [
      {
        operation: 'exploreValues',
        body: { scope: 'events', path: 'metadata.a', from: 1, to: 2, limit: 5 },
      },
      { operation: 'exploreGroups', body: { group_by: 'metadata.a', limit: 3 } },
    ],
  }),
  exploreGroups: () => ({
    ...selection,
    group_by: 'metadata.a',
    sort: { field: 'p95_ms', direction: 'descending' },
    limit: 3,
  }),
  exploreDurations: () => {
    const { project, filters, text, from, to } = selection;
    return { project, filters, text, from, to, duration_ms: 5 };
  },
  exploreFields: () => ({ project: 'odd', scope: 'sessions', prefix: 'meta', from: 1, to: 2 }),
  exploreValues: () => ({
    project: 'odd',
    scope: 'events',
    path: 'metadata.a',
    prefix: 'x',
    filters: selection.filters,
    from: 1,
    to: 2,
    limit: 5,
  }),
  exploreFind: () => ({ project: 'odd', text: 'word' }),
  exploreRetention: () => ({ project: 'odd', retention_days: 30 }),
  explorePrices: () => ({ project: 'odd', from: 0 }),
  exploreReprice: () => ({ project: 'odd', since: 0, dry_run: true, cursor: 'WzAsImEiLCJiIl0' }),
  exploreDifferences: () => ({
    ...selection,
    selected: { filters: selection.filters, text: 'word', from: 1, to: 2 },
  }),
  exploreDelete: () => ({ project: 'odd', scope: 'sessions', ids: ['nobody'] }),
};
