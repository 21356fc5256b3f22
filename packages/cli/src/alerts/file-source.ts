import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { Failure } from '../failure.ts';

/** Something wrong in a file. */
export interface FileIssue {
  /** Where it is; as much of it as there is decides the line. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A YAML file, and where its values are. */
export interface FileSource {
  readonly value: unknown;
  /** A failure with a line for each issue: file, line, field, what was wrong. */
  toFailure(
    issues: readonly FileIssue[],
    toField: (path: readonly PropertyKey[]) => string,
  ): Failure;
}

const mostChars = 1_000_000;
/** Aliases that a file may expand to: a small file must not become a large value. */
const mostAliases = 100;
const mostShown = 20;

/** @throws {Failure} that is no YAML, with file and line */
export function readSource(name: string, text: string): FileSource {
  if (text.length > mostChars)
    throw new Failure(`${name} is too large: at most ${mostChars} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new Failure(`${name}:${lines.linePos(error.pos[0]).line}: ${error.message}`);
  return {
    value: toValue(name, document),
    toFailure(issues, toField) {
      const shown = issues.slice(0, mostShown).map(({ path, message }) => {
        const field = toField(path);
        const line = lines.linePos(offsetOf(document, path)).line;
        return `${name}:${line}: ${field === '' ? '' : `${field}: `}${message}`;
      });
      const more = issues.length > mostShown ? [`and ${issues.length - mostShown} more`] : [];
      return new Failure([...shown, ...more].join('\n'));
    },
  };
}

function toValue(name: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (cause) {
    throw new Failure(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Of the value at the path, or of the nearest one around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
