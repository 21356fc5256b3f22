/** Why a text is not shown as markdown. */
export type MarkdownObstacle =
  /** Longer than what is read as markdown. */
  | 'long'
  /** Quotes, lists or emphasis in each other beyond what is drawn. */
  | 'nested'
  /** Reading it took longer than the time limit. */
  | 'slow'
  /** The reader failed. */
  | 'unreadable';

/** What reading a text as markdown came to. */
export type MarkdownReading =
  | MarkdownDocument
  | { readonly kind: 'refused'; readonly obstacle: MarkdownObstacle };

export interface MarkdownDocument {
  readonly kind: 'read';
  readonly blocks: readonly MarkdownBlock[];
  /** Cost of drawing all blocks, see `takeBlocks`. */
  readonly cost: number;
  /** Whether the text has more than these blocks. */
  readonly isCut: boolean;
}

export type MarkdownBlock =
  | { readonly kind: 'rule' }
  | { readonly kind: 'code'; readonly code: string; readonly language: string | null }
  /** HTML; shown as text. */
  | { readonly kind: 'markup'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: number; readonly content: MarkdownContent }
  | { readonly kind: 'paragraph'; readonly content: MarkdownContent }
  /** Text of a list item without a paragraph. */
  | { readonly kind: 'line'; readonly content: MarkdownContent }
  | { readonly kind: 'quote'; readonly blocks: readonly MarkdownBlock[] }
  | MarkdownList
  | MarkdownTable;

export interface MarkdownList {
  readonly kind: 'list';
  /** Number of the first item; null: not numbered. */
  readonly start: number | null;
  readonly items: readonly MarkdownItem[];
}

export interface MarkdownItem {
  /** Of a task; null: not a task. */
  readonly isDone: boolean | null;
  readonly blocks: readonly MarkdownBlock[];
}

export interface MarkdownTable {
  readonly kind: 'table';
  readonly align: readonly (string | null)[];
  readonly header: MarkdownRow;
  readonly rows: readonly MarkdownRow[];
}

export interface MarkdownRow {
  readonly cells: readonly MarkdownCell[];
}

export interface MarkdownCell {
  readonly content: MarkdownContent;
}

export type MarkdownContent = readonly MarkdownInline[];

export type MarkdownInline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly content: MarkdownContent }
  | { readonly kind: 'link'; readonly href: string; readonly content: MarkdownContent }
  | { readonly kind: 'image'; readonly href: string; readonly name: string | null };
