import { formatBytes } from '../format/bytes.ts';
import { formatCount, formatNoun } from '../format/number.ts';

export const payloadText = {
  views: { messages: 'Messages', json: 'JSON', text: 'Text', markdown: 'Markdown', raw: 'Raw' },
  view: (field: string) => `How to show ${field}`,
  copyValue: 'Copy value',
  copyPath: 'Copy path',
  copyAll: 'Copy all',
  more: 'More',
  copyCode: 'Copy code',
  copyMessage: 'Copy message',
  download: 'Download',
  empty: 'Nothing recorded',
  emptyText: 'Empty text',
  unreadable: (problem: string) => `Invalid JSON: ${problem}. It is shown unparsed.`,

  tree: 'Fields',
  find: 'Find in keys and values',
  findNext: 'Next hit',
  findPrevious: 'Previous hit',
  hits: (at: number, count: number) =>
    count === 0 ? 'Nothing found' : `${formatCount(at)} of ${formatCount(count)}`,
  expandAll: 'Open all',
  collapseAll: 'Close all',
  openString: (characters: number) => `Open all ${formatCount(characters)} characters`,
  parse: 'Parse this text as JSON',
  unparse: 'Show parsed text as text again',
  filterBy: 'Filter by this value',
  filterOut: 'Exclude this value',
  addColumn: 'Show as a column',
  string: 'Text',

  fold: 'Fold',
  unfold: (lines: number) => `Show all ${formatNoun(lines, 'line')}`,
  thinking: 'Thinking',
  thinkingHidden: 'Thinking, not disclosed by the provider',
  refusal: 'Refused',
  arguments: 'Called with',
  noArguments: 'Called without arguments',
  result: 'Result',
  errorResult: 'Failed',
  noResult: 'No result in these messages',
  strayResult: 'Result of a missing call',
  otherFields: 'Other fields',
  beside: 'Outside the messages',
  roles: { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool', other: 'Other' },

  messagesShown: (shown: number, total: number) =>
    `${formatCount(shown)} of ${formatNoun(total, 'message')}; scroll for more.`,
  moreAsYouScroll: 'Scroll for more.',
  beginningOnly: 'Only the beginning is formatted.',
  showAllAsText: 'Show all as plain text',

  choice: (number: number, count: number) => `Choice ${number} of ${count}`,
  finishReason: (reason: string) => `Finish reason: ${reason}`,

  image: 'Image',
  audio: 'Audio',
  remoteImage: (host: string) => `Image at ${host}`,
  remoteFile: (host: string) => `File at ${host}`,
  remoteHint: 'Not loaded, because its host would learn that you read this. Open in a new tab',
  storedMedia: (id: string) => `Stored by the provider as ${id}`,
  showImage: 'Show the image in full size',
  bytes: (mediaType: string | null, bytes: number) =>
    `${mediaType ?? 'base64'}, ${formatBytes(bytes)}`,
  showCharacters: 'Show its characters',
  hideCharacters: 'Hide its characters',
  mark: (name: string, code: string, count: number) =>
    count === 1 ? `${name}, ${code}` : `${formatCount(count)} × ${name}, ${code}`,

  markdownObstacle: {
    long: 'Longer than 150 KB: shown as plain text.',
    nested: 'Nested too deeply for markdown: shown as plain text.',
    slow: 'Takes too long to parse as markdown: shown as plain text.',
    unreadable: 'Cannot be parsed as markdown: shown as plain text.',
  },
  task: (isDone: boolean) => (isDone ? 'done' : 'open'),
  link: 'Link',

  reading: (percent: number) => `Parsing, ${percent}%`,
  loading: (loaded: number, total: number) =>
    `Loading, ${formatBytes(loaded)} of ${formatBytes(total)}`,
  head: (shown: number, total: number) =>
    `The first ${formatBytes(shown)} of ${formatBytes(total)} are shown.`,
  loadAll: (total: number) => `Load all ${formatBytes(total)}`,
  failed: 'This could not be loaded',
} as const;
