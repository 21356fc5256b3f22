import { JsonKind, type JsonDocument } from './json-document.ts';

const brackets: Record<number, [open: string, close: string]> = {
  [JsonKind.object]: ['{', '}'],
  [JsonKind.array]: ['[', ']'],
};

/** A depth beyond this is not indented further: 10,000 levels would be 100 MB of spaces. */
const deepestIndent = 64;

/**
 * A value as JSON with an indent of two spaces per level. Keys and scalars are copied from the text: no number loses a
 * digit, no escape changes.
 */
export function printJson(document: JsonDocument, root = 0): string {
  const parts: string[] = [];
  const openContainers: number[] = [];
  const rootDepth = document.depthOf(root);
  const indent = (depth: number) => '  '.repeat(Math.min(depth - rootDepth, deepestIndent));
  const closeDownTo = (parent: number) => {
    while (openContainers.length > 0 && openContainers.at(-1) !== parent) {
      const closed = openContainers.pop() ?? root;
      const bracket = brackets[document.kindOf(closed)]?.[1] ?? '';
      parts.push('\n', indent(document.depthOf(closed)), bracket);
    }
  };
  const end = document.nextOf(root);
  for (let index = root; index < end; index += 1) {
    if (index !== root) {
      closeDownTo(document.parentOf(index));
      parts.push(document.positionOf(index) > 0 ? ',\n' : '\n', indent(document.depthOf(index)));
      parts.push(keySourceOf(document, index));
    }
    if (document.countOf(index) > 0) {
      parts.push(brackets[document.kindOf(index)]?.[0] ?? '');
      openContainers.push(index);
    } else parts.push(leafSourceOf(document, index));
  }
  closeDownTo(-2);
  return parts.join('');
}

function keySourceOf(document: JsonDocument, index: number): string {
  const start = document.columns.keyStarts[index] ?? -1;
  return start < 0 ? '' : `${document.text.slice(start - 1, document.columns.keyEnds[index])}": `;
}

function leafSourceOf(document: JsonDocument, index: number): string {
  return brackets[document.kindOf(index)]?.join('') ?? document.sourceOf(index);
}
