import type { JsonColumns } from './json-document.ts';

/** What the worker says of the text that it reads. */
export type JsonAnswer =
  /** How far it has come, in characters. */
  | { kind: 'progress'; offset: number }
  | { kind: 'done'; columns: JsonColumns }
  /** The text is no JSON. */
  | { kind: 'problem'; message: string };
