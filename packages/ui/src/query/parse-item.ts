import { findItemSpans, findQuoteEnd } from './item-spans.ts';
import { parseValue } from './parse-value.ts';
import type { Condition, Item, Key, Problem, Value } from './query.ts';
import { unquote } from './quoted-text.ts';
import type { Span } from './span.ts';
import { queryProblems } from '../text/query.ts';

/** What one item of a query says. */
export function parseItem(text: string, at: Span): Item {
  const minus = text[at.start] === '-' ? 1 : 0;
  const start = at.start + minus;
  const colon = findColon(text, { start, end: at.end });
  if (colon === null) return parseText(text, at);
  const keyAt = { start, end: colon };
  const rest = { start: colon + 1, end: at.end };
  if (text.slice(start, colon) === 'has') return parseHas(text, { at, rest, isNegated: minus > 0 });
  const key = parseKey(text, keyAt);
  if ('message' in key) return fail(at, { at: orItem(keyAt, at), message: key.message }, keyAt);
  const parsed = parseValues(text, rest);
  const condition: Condition | null =
    parsed.problem === null
      ? { kind: 'clause', key: key.key, isNegated: minus > 0, values: parsed.values }
      : null;
  return { at, keyAt, condition, valuesAt: parsed.valuesAt, problem: parsed.problem };
}

const fail = (
  at: Span,
  problem: Problem,
  keyAt: Span = { start: at.start, end: at.start },
): Item => ({
  at,
  keyAt,
  condition: null,
  valuesAt: [],
  problem,
});

/** The colon that ends a key. Text that begins with a quote is a phrase, unless a key continues after it. */
export function findColon(text: string, { start, end }: Span): number | null {
  for (let at = start; at < end; at += 1) {
    const char = text[at];
    if (char === ':') return at;
    if (char === '(' || char === ')') return null;
    if (char === '"') at = findQuoteEnd(text, at) - 1;
  }
  return null;
}

const reservedWords: ReadonlyMap<string, string> = new Map([
  ['OR', queryProblems.strayOr],
  ['AND', queryProblems.strayAnd],
  ['NOT', queryProblems.strayNot],
]);

function parseText(text: string, at: Span): Item {
  const raw = text.slice(at.start, at.end);
  const message = reservedWords.get(raw) ?? findTextFault(raw);
  if (message !== null) return fail(at, { at, message });
  const said = raw.startsWith('"') ? (unquote(raw) ?? '') : raw;
  return {
    at,
    keyAt: { start: at.start, end: at.start },
    condition: { kind: 'text', text: said },
    valuesAt: [at],
    problem: null,
  };
}

function findTextFault(raw: string): string | null {
  if (raw.startsWith('-')) {
    return queryProblems.negatedText;
  }
  if (raw.startsWith('"') && unquote(raw) === null) return queryProblems.quoteNotClosed;
  if (raw === '""') return queryProblems.nothingBetweenQuotes;
  return !raw.startsWith('"') && /["()]/.test(raw) ? queryProblems.textNeedsQuotes : null;
}

/** Quotes in a bare segment and empty segments are faults. */
export function parseKey(text: string, at: Span): { key: Key } | Problem {
  const key: string[] = [];
  let from = at.start;
  while (from <= at.end) {
    const to = findSegmentEnd(text, from, at.end);
    const segment = parseSegment(text.slice(from, to));
    if (segment === null || (to < at.end && text[to] !== '.')) {
      return {
        at,
        message: queryProblems.badKey,
      };
    }
    key.push(segment);
    from = to + 1;
  }
  return { key };
}

function findSegmentEnd(text: string, from: number, end: number): number {
  if (text[from] === '"') return Math.min(findQuoteEnd(text, from), end);
  const dot = text.slice(from, end).indexOf('.');
  return dot < 0 ? end : from + dot;
}

function parseSegment(raw: string): string | null {
  const segment = raw.startsWith('"') ? unquote(raw) : /["\s]/.test(raw) ? null : raw;
  return segment === '' ? null : segment;
}

function parseHas(
  text: string,
  { at, rest, isNegated }: { at: Span; rest: Span; isNegated: boolean },
): Item {
  if (rest.start === rest.end) {
    return fail(at, { at, message: queryProblems.keyMissing }, rest);
  }
  const key = parseKey(text, rest);
  if ('message' in key) return fail(at, key, rest);
  return {
    at,
    keyAt: rest,
    condition: { kind: 'has', key: key.key, isNegated },
    valuesAt: [],
    problem: null,
  };
}

interface ParsedValues {
  readonly values: readonly Value[];
  readonly valuesAt: readonly Span[];
  readonly problem: Problem | null;
}

function parseValues(text: string, at: Span): ParsedValues {
  const spans = text[at.start] === '(' ? findAlternatives(text, at) : [at];
  if ('message' in spans) return { values: [], valuesAt: [], problem: spans };
  const values: Value[] = [];
  for (const span of spans) {
    const value = parseValue(text.slice(span.start, span.end));
    if (typeof value === 'string') {
      return { values, valuesAt: spans, problem: { at: orWhole(span, at), message: value } };
    }
    values.push(value);
  }
  return { values, valuesAt: spans, problem: null };
}

const orItem = (span: Span, item: Span): Span => (span.start === span.end ? item : span);

/** An empty span cannot be underlined: then the colon before it is. */
const orWhole = (span: Span, { start }: Span): Span =>
  span.start === span.end ? { start: start - 1, end: start } : span;

/** Where the alternatives between parentheses are. */
function findAlternatives(text: string, at: Span): Span[] | Problem {
  const fault = (message: string): Problem => ({ at, message });
  if (text[at.end - 1] !== ')' || at.end - at.start < 2) {
    return fault(queryProblems.parenthesisNotClosed);
  }
  const inside = { start: at.start + 1, end: at.end - 1 };
  const words = findItemSpans(text.slice(inside.start, inside.end)).map(({ start, end }) => ({
    start: start + inside.start,
    end: end + inside.start,
  }));
  const isOr = ({ start, end }: Span): boolean => text.slice(start, end) === 'OR';
  const isInTurn = words.every((span, index) => isOr(span) === (index % 2 === 1));
  if (!isInTurn || words.length % 2 === 0) {
    return fault(queryProblems.badAlternatives);
  }
  return words.filter((_, index) => index % 2 === 0);
}
