import type { MessageList } from 'honeyhive-facts/messages';
import { JsonKind } from './json/json-document.ts';
import type { JsonNode } from './json/json-node.ts';

/** The ways to look at a payload. `raw` is what was stored, character by character. */
export const payloadViews = ['messages', 'markdown', 'text', 'json', 'raw'] as const;
export type PayloadView = (typeof payloadViews)[number];

/**
 * Marks within a line that people write markdown for. Each pattern takes linear time: payloads are written by
 * strangers.
 */
const lineMarks = [/^#{1,6} \S/, /^> \S/, /```/, /\*\*[^\s*][^*]*\*\*/, /\[[^[\]]+\]\(https?:/];

/** Marks of two lines behind each other, blank ones between them aside: one alone proves nothing. */
const pairMarks: readonly [first: RegExp, second: RegExp][] = [
  [/^\s*[-*+] \S/, /^\s*[-*+] \S/],
  [/^\s*\d+\. \S/, /^\s*\d+\. \S/],
  [/^\|.*\|$/, /^\|[\s:|-]+\|/],
];

/** How much of a text decides whether it is markdown. */
const judgedCharacters = 16_384;

/** A guess: a wrong one costs a click. */
export function looksLikeMarkdown(text: string): boolean {
  const lines = text
    .slice(0, judgedCharacters)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  return lines.some((line, index) => {
    if (lineMarks.some((mark) => mark.test(line))) return true;
    const next = lines[index + 1] ?? '';
    return pairMarks.some(([first, second]) => first.test(line) && second.test(next));
  });
}

/** What a payload can be looked at as. The first is the guess; `raw` is always among them. */
export function viewsOf(root: JsonNode, messages: MessageList | null): PayloadView[] {
  if (root.kind === JsonKind.string) {
    const isMarkdown = looksLikeMarkdown(root.document.stringOf(root.index, judgedCharacters));
    return isMarkdown ? ['markdown', 'text', 'raw'] : ['text', 'markdown', 'raw'];
  }
  return messages ? ['messages', 'json', 'raw'] : ['json', 'raw'];
}

/** The view to show: what was chosen for the field before, if the payload can be shown so; otherwise the guess. */
export function chooseView(views: readonly PayloadView[], saved: PayloadView | null): PayloadView {
  if (saved !== null && views.includes(saved)) return saved;
  return views[0] ?? 'raw';
}
