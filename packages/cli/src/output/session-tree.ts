import type { SessionNode } from '../session-node.ts';
import { countOf, formatCount, formatDuration, formatUsd } from './figures.ts';
import { alignColumns } from './table.ts';
import { oneLine } from './text.ts';

interface Line {
  readonly node: SessionNode;
  /** The branches before the name. */
  readonly branch: string;
}

/** Deeper events are shown as if they were this deep: a line has room for no more. */
const maxIndents = 40;

/** The nodes from top to bottom, each with its branches. Not recursive: depth is up to the application. */
function toLines(root: SessionNode): Line[] {
  const lines: Line[] = [];
  const open = [{ node: root, branch: '', below: '', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, branch, below, depth } = next;
    lines.push({ node, branch });
    const children = node.children.map((child, index) => {
      const isLast = index === node.children.length - 1;
      const isShown = depth < maxIndents;
      return {
        node: child,
        branch: `${below}${isLast ? '└─ ' : '├─ '}`,
        below: isShown ? `${below}${isLast ? '   ' : '│  '}` : below,
        depth: depth + 1,
      };
    });
    // The last one in is the next one out.
    for (const child of children.toReversed()) open.push(child);
  }
  return lines;
}

const maxNameColumns = 60;
const minErrorColumns = 24;

function toCells({ node, branch }: Line): string[] {
  const tokens = node.totalTokens ?? 0;
  const cost = node.costUsd ?? 0;
  return [
    branch + oneLine(node.name, maxNameColumns),
    node.type,
    formatDuration(node.durationMs),
    tokens === 0 ? '' : `${formatCount(tokens)} tok`,
    cost === 0 ? '' : formatUsd(cost),
  ];
}

/** What the events of a session add up to. */
interface Totals {
  readonly events: number;
  readonly models: number;
  readonly errors: number;
}

function addUp(nodes: readonly SessionNode[]): Totals {
  return {
    events: nodes.length,
    models: nodes.filter(({ type }) => type === 'model').length,
    errors: nodes.filter(({ error }) => error !== null).length,
  };
}

function formatTotals(root: SessionNode, totals: Totals): string {
  return [
    countOf(totals.events, 'event'),
    countOf(totals.models, 'model call'),
    countOf(root.totalTokens ?? 0, 'token'),
    formatUsd(root.costUsd ?? 0),
    countOf(totals.errors, 'error'),
  ].join(' · ');
}

/**
 * A session as a tree, one line for each event: name, type, duration, tokens, cost, and the error of one that failed;
 * below it, what it adds up to.
 */
export function formatSessionTree(root: SessionNode, columns: number): string {
  const lines = toLines(root);
  const aligned = alignColumns(lines.map(toCells), ['left', 'left', 'right', 'right', 'right']);
  const withErrors = aligned.map((line, index) => {
    const error = lines[index]?.node.error ?? null;
    const space = Math.max(minErrorColumns, columns - line.length - 4);
    return error === null ? line : `${line}  ✗ ${oneLine(error, space)}`;
  });
  const totals = addUp(lines.slice(1).map(({ node }) => node));
  return `${[...withErrors, '', formatTotals(root, totals)].join('\n')}\n`;
}
