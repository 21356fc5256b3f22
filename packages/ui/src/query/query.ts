import type { Span } from './span.ts';

/** What somebody wrote after a key. Quoted text is taken literally; bare text may be a number, a date or a unit. */
export interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

export type Sign = '>' | '>=' | '<' | '<=';

/** One value of a clause. */
export type Value =
  /** `key:word` */
  | { readonly kind: 'is'; readonly word: Word }
  /** `key:*part*` */
  | { readonly kind: 'contains'; readonly text: string }
  /** `key:>2s` */
  | { readonly kind: 'compares'; readonly sign: Sign; readonly word: Word }
  /** `key:10..20`, both ends included */
  | { readonly kind: 'range'; readonly from: Word; readonly to: Word }
  /** `key:*`, the same as `has:key` */
  | { readonly kind: 'any' };

/** The segments of a dotted key: `metadata."my key"` has two. */
export type Key = readonly string[];

/** One condition of a query; all of them must hold. */
export type Condition =
  /** `key:value`, `key:(a OR b)`, `-key:value` */
  | {
      readonly kind: 'clause';
      readonly key: Key;
      readonly isNegated: boolean;
      /** At least one; one of them must hold. */
      readonly values: readonly Value[];
    }
  /** `has:key`, `-has:key` */
  | { readonly kind: 'has'; readonly key: Key; readonly isNegated: boolean }
  /** A bare word or a quoted phrase: free text. */
  | { readonly kind: 'text'; readonly text: string };

/** Why a part of a query cannot be applied. */
export interface Problem {
  readonly at: Span;
  /** A sentence for people: what is wrong, and what would be right. */
  readonly message: string;
}

/** A run of text between white space at the top level, and the condition that it says. */
export interface Item {
  readonly at: Span;
  /** null when the text says none: then there is a problem. */
  readonly condition: Condition | null;
  /** Where the key is; empty and at the start for free text. */
  readonly keyAt: Span;
  /** Where each value is, in the order of the condition's values. */
  readonly valuesAt: readonly Span[];
  /** First of what is wrong; null when nothing is. */
  readonly problem: Problem | null;
}
