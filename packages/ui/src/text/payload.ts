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
  empty: 'Nothing was recorded',
  emptyText: 'An empty text',
  unreadable: (problem: string) => `This is no JSON: ${problem}. It is shown as it is.`,

  tree: 'Fields',
  find: 'Find in keys and values',
  findNext: 'Next hit',
  findPrevious: 'Previous hit',
  hits: (at: number, count: number) =>
    count === 0 ? 'Nothing found' : `${formatCount(at)} of ${formatCount(count)}`,
  expandAll: 'Open all',
  collapseAll: 'Close all',
  openString: (characters: number) => `Open all ${formatCount(characters)} characters`,
  parse: 'Read this text as JSON',
  unparse: 'Show parsed texts as text again',
  filterBy: 'Show what has this value',
  filterOut: 'Hide what has this value',
  addColumn: 'Show as a column',
  string: 'Text',

  fold: 'Fold',
  unfold: (lines: number) => `Show all ${formatNoun(lines, 'line')}`,
  thinking: 'Thinking',
  thinkingHidden: 'Thinking, which the provider keeps to itself',
  refusal: 'Refused',
  arguments: 'Called with',
  noArguments: 'Called with nothing',
  result: 'Result',
  errorResult: 'Failed',
  noResult: 'No result is recorded here',
  strayResult: 'Result of a call that is not here',
  otherFields: 'Other fields',
  beside: 'Beside the messages',
  roles: { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool', other: 'Other' },

  messagesShown: (shown: number, total: number) =>
    `${formatCount(shown)} of ${formatNoun(total, 'message')}; more come as you scroll.`,
  moreAsYouScroll: 'More comes as you scroll.',
  beginningOnly: 'Only the beginning is formatted.',
  showAllAsText: 'Show all as plain text',

  image: 'Image',
  remoteImage: (host: string) => `Image at ${host}`,
  remoteHint:
    'It is not loaded, for that would tell its host that you read this. Open in a new tab',
  storedMedia: (id: string) => `Kept by the provider as ${id}`,
  showImage: 'Show the image in full size',
  bytes: (mediaType: string | null, bytes: number) =>
    `${mediaType ?? 'base64'}, ${formatBytes(bytes)}`,
  showCharacters: 'Show its characters',
  hideCharacters: 'Hide its characters',
  mark: (name: string, code: string, count: number) =>
    count === 1 ? `${name}, ${code}` : `${formatCount(count)} × ${name}, ${code}`,

  markdownObstacle: {
    long: 'Longer than 150 KB: shown as plain text.',
    nested: 'Nested too deeply to be shown as markdown: shown as plain text.',
    slow: 'Takes too long to read as markdown: shown as plain text.',
    unreadable: 'Cannot be read as markdown: shown as plain text.',
  },
  task: (isDone: boolean) => (isDone ? 'done' : 'open'),
  link: 'Link',

  reading: (percent: number) => `Reading, ${percent}%`,
  loading: (loaded: number, total: number) =>
    `Loading, ${formatBytes(loaded)} of ${formatBytes(total)}`,
  head: (shown: number, total: number) =>
    `The first ${formatBytes(shown)} of ${formatBytes(total)} are shown.`,
  loadAll: (total: number) => `Load all ${formatBytes(total)}`,
  failed: 'This could not be loaded',
} as const;
