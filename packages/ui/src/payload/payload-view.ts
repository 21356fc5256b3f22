import { JsonKind } from './json/json-document.ts';
import type { JsonNode } from './json/json-node.ts';
import type { MessageList } from './messages/message.ts';

/** The ways to look at a payload. `raw` is what was stored, character by character. */
export const payloadViews = ['messages', 'markdown', 'text', 'json', 'raw'] as const;
export type PayloadView = (typeof payloadViews)[number];

/** Marks that people write markdown for; one of them alone proves nothing, and a wrong guess costs a click. */
const markdownMarks = [
  /^#{1,6} \S/m,
  /^\s*[-*+] \S.*\n\s*[-*+] \S/m,
  /^\s*\d+\. \S.*\n\s*\d+\. \S/m,
  /```/,
  /\*\*[^\s*][^*\n]*\*\*/,
  /\[[^\]\n]+\]\(https?:/,
  /^\|.*\|\s*\n\|[\s:|-]+\|/m,
  /^> \S/m,
];

/** How much of a text decides whether it is markdown. */
const judgedCharacters = 16_384;

export function looksLikeMarkdown(text: string): boolean {
  const judged = text.slice(0, judgedCharacters);
  return markdownMarks.some((mark) => mark.test(judged));
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
export function chooseView(
  views: readonly PayloadView[],
  remembered: PayloadView | null,
): PayloadView {
  if (remembered !== null && views.includes(remembered)) return remembered;
  return views[0] ?? 'raw';
}
