/** Why a query cannot be applied: what is wrong, and what would be right. */
export const queryProblems = {
  valueMissing: 'A value is missing here. To search for text with a colon, quote it.',
  operandMissing: (sign: string) => `A number or a date is missing after ${sign}.`,
  starOnBothSides:
    'Put a star on both sides: *part* finds values that contain it. In quotes a star is literal.',
  nothingBetweenStars: 'There is nothing between the stars.',
  valueNeedsQuotes: 'Quotes and parentheses inside a value need quotes around it: "f(x)".',
  blankAfterQuote: 'A space is missing after the closing quote.',
  quoteNotClosed: 'The closing quote is missing.',
  strayOr: 'OR joins the values of one key: key:(a OR b). To search for the word, quote it.',
  strayAnd: 'AND is not needed: all parts of a query must hold. To search for the word, quote it.',
  strayNot: 'To exclude, put a minus before the key: -key:value. To search for the word, quote it.',
  negatedText:
    'Free text cannot be excluded; a key can: -key:*part*. To search for the text as it is, quote it.',
  phrase:
    'Free text is searched word by word, without phrases. Remove the quotes, or name a key: inputs:*"two words"*.',
  nothingBetweenQuotes: 'There is nothing between the quotes.',
  textNeedsQuotes:
    'Text with quotes or parentheses needs quotes around it. Alternatives go after a key: key:(a OR b).',
  badKey: 'A key consists of names separated by dots: metadata.tier, metadata."my key".',
  keyMissing: 'A key is missing after has: as in has:error.',
  parenthesisNotClosed: 'The closing parenthesis is missing.',
  badAlternatives: 'Parentheses contain values separated by OR: key:(a OR b).',
  unknownField: (name: string, buckets: string) =>
    `There is no field ${name}. Custom keys are in ${buckets}: metadata.${name}. To search for text with a colon, quote it.`,
  keyTooLong: (most: number) => `A key has at most ${most} names.`,
  tooManyConditions: (most: number) => `A query has at most ${most} conditions; this one has more.`,
  negatedComparison: 'A comparison cannot be excluded. Reverse it: key:<=5 instead of -key:>5.',
  noOrder: 'true and false have no order.',
  oneOf: (path: string, values: readonly string[]) => `${path} is one of ${values.join(', ')}.`,
  wrongType: (path: string, examples: readonly string[]) =>
    `${path} takes ${examples.join(', or ')} here.`,
} as const;

/** What can be written for a value of each type. */
export const typeExamples = {
  number: 'a number, such as 5, 150ms, 2s, 1.5k or $0.02',
  boolean: 'true or false',
  datetime: 'a date or time, such as 2026-11-01 or 2026-11-01T14:05',
  string: 'text',
} as const;

/** Words of the query bar and the facets. */
export const queryText = {
  label: 'Query',
  placeholder: 'Filter by any key, or search',
  clear: 'Clear the query',
  apply: 'Enter to apply',
  suggestions: 'Suggestions',
  suggestionCount: (count: number) =>
    count === 0 ? 'No suggestions' : count === 1 ? '1 suggestion' : `${count} suggestions`,
  recents: 'Recent',
  keys: 'Keys',
  values: (path: string) => `Values of ${path}`,
  sampledCounts: 'Counts are estimates from recent events',
  valuesFailed: 'The values could not be loaded',
  types: { string: 'text', number: 'number', boolean: 'yes or no', datetime: 'time' },
  signs: {
    '>': 'more than …',
    '>=': 'at least …',
    '<': 'less than …',
    '<=': 'at most …',
    '**': 'contains …',
    '()': 'one of several',
  },
  signsWritten: {
    '>': '>',
    '>=': '>=',
    '<': '<',
    '<=': '<=',
    '**': '*part*',
    '()': '(a OR b)',
  },
  isReadAs: (path: string, type: string) => `${path} is interpreted as ${type}`,
  readAs: (type: string) => `Interpret as ${type}`,
  scope: 'Target of the query',
  scopes: { session: 'Session itself', any_event: 'Any event in it' },
  facets: 'Facets',
  closeFacets: 'Close the facets',
  facetNames: {
    event_type: 'Type',
    error: 'Status',
    source: 'Source',
    event_name: 'Name',
    model: 'Model',
    user: 'User',
    'config.model': 'Model',
  },
  toolFacet: 'Tool',
  onlyErrors: 'With an error',
  onlyOk: 'Without an error',
  noValues: 'No values in this time range',
  alertOn: (name: string) => `Alert by ${name}`,
  pinFacet: 'Add a facet',
  unpinFacet: (path: string) => `Remove the facet ${path}`,
} as const;
