import type { MarkdownReading } from './markdown.ts';

/** What the worker says of the text that it was sent. */
export type MarkdownAnswer =
  /** It begins to read: the time limit runs from here, not while the worker loads. */
  { kind: 'begun' } | { kind: 'done'; reading: MarkdownReading };
