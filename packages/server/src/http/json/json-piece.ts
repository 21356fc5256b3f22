import { Problem } from '../../domain/problem.ts';

/** A part of the bytes, and what to put around it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly open: string;
  readonly close: string;
}

/** @throws {Problem} `invalid_json` that says where */
export function parsePiece(bytes: Buffer, { start, end, open, close }: Piece): unknown {
  try {
    const value: unknown = JSON.parse(open + bytes.toString('utf8', start, end) + close);
    return value;
  } catch (cause) {
    const [, position] =
      /at position (\d+)/.exec(cause instanceof Error ? cause.message : '') ?? [];
    throw notJson(start + Math.max(0, Number(position ?? 0) - open.length), cause);
  }
}

/** @param at offset from which on it cannot be JSON */
export function notJson(at: number, cause?: unknown): Problem {
  const message = `is not JSON: broken at byte ${at}, or after it`;
  return new Problem('invalid_json', `body: ${message}.`, {
    issues: [{ field: 'body', message }],
    cause,
  });
}

/** Longer ones are refused: reading them takes long, and no double has so many digits. */
const maxNumberChars = 1_000;

/** Why a number cannot be stored; null: it can, or it is not a number, which the parser reports. */
export function judgeNumber(bytes: Buffer, start: number, end: number): string | null {
  if (end - start > maxNumberChars) return `a number of more than ${maxNumberChars} characters`;
  if (end - start < 5) return null;
  const text = bytes.toString('latin1', start, end);
  const mayOverflow = end - start > 300 || /[eE]/.test(text);
  return mayOverflow && Math.abs(Number(text)) === Infinity
    ? 'a number beyond the range of JSON numbers'
    : null;
}
