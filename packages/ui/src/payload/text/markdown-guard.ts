/** Longer texts are shown as they are: reading 500 KB of markdown takes a quarter of a second. */
export const longestMarkdown = 150 * 1024;
/** Deeper nesting is no writing, and readers of markdown call themselves for each level. */
export const deepestMarkdown = 100;
/**
 * How many marks of emphasis one paragraph may have. For each of them the reader looks through the rest of its paragraph:
 * 75,000 in one took 11 seconds, 1,000 in the longest take 60 ms.
 */
export const mostMarks = 1000;

/** Why a text is not shown as markdown. */
export type MarkdownObstacle = 'long' | 'nested';

/** Decides, in one pass and without reading the text as markdown, whether that is safe; null when it is. */
export function findMarkdownObstacle(text: string): MarkdownObstacle | null {
  if (text.length > longestMarkdown) return 'long';
  return proseOf(text)
    .split(/\n[ \t]*\n/)
    .some(isNested)
    ? 'nested'
    : null;
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

/** The lines outside of fenced code, in which marks mean nothing. */
function proseOf(text: string): string {
  const prose: string[] = [];
  let opened: string | null = null;
  for (const line of text.split('\n')) {
    const marks = fence.exec(line)?.[1] ?? null;
    if (opened === null) {
      opened = marks;
      prose.push(line);
    } else if (marks?.startsWith(opened)) opened = null;
  }
  return prose.join('\n');
}

function isNested(paragraph: string): boolean {
  return (
    bracketDepth(paragraph) > deepestMarkdown ||
    markCount(paragraph) > mostMarks ||
    paragraph.split('\n').some((line) => lineDepth(line) > deepestMarkdown)
  );
}

const markCount = (paragraph: string) => paragraph.match(/_+|\*+|~+|!?\[|<|`+/g)?.length ?? 0;

const lineMarks = /^(?:[\s>*+-]|\d{1,9}[.)])*/;

/** How many quotes and lists a line stands in, by the marks and spaces at its beginning. */
function lineDepth(line: string): number {
  const prefix = lineMarks.exec(line)?.[0] ?? '';
  // A line of these alone divides, whatever its length.
  if (/^\s*([*-])\s*(\1\s*)*$/.test(line)) return 0;
  const marks = prefix.match(/[>*+-]|\d+/g)?.length ?? 0;
  const spaces = prefix.match(/\s/g)?.length ?? 0;
  return marks + Math.floor(spaces / 4);
}

function bracketDepth(paragraph: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of paragraph.match(/[[\]]/g) ?? []) {
    depth = character === '[' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
