import { errorCodes } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import type { Problem } from '../domain/problem.ts';

/** Codes whose messages are ours from the first word to the last. */
const ownMessages: ReadonlySet<string> = new Set([
  'unauthenticated',
  'too_large',
  'rate_limited',
  'unavailable',
  'internal',
]);

/** Issues that are shown; a request may have thousands. */
const shownIssues = 3;

/**
 * Why a request was rejected, without text from the sender, because other users read it.
 *
 * @param isKnownName whether a name is one of the contract's, so that it may be shown
 */
export function toRejectionText(
  problem: Pick<Problem, 'code' | 'message' | 'issues'>,
  isKnownName: (name: string) => boolean,
): string {
  const { code, message, issues } = problem;
  if (ownMessages.has(code)) return message;
  if (code === 'invalid_json') return toJsonText(message);
  const shown = issues.slice(0, shownIssues).map((issue) => toIssueText(issue, isKnownName));
  const more = issues.length > shown.length ? ` (and ${issues.length - shown.length} more)` : '';
  return shown.length === 0 ? errorCodes[code].advice : `${shown.join('; ')}${more}`;
}

function toJsonText(message: string): string {
  const [, position] = /at position (\d{1,12})/.exec(message) ?? [];
  const place = position === undefined ? '' : `, from character ${position} on`;
  if (message.includes('UTF-8')) return 'The body is not valid UTF-8.';
  return message.includes('got nothing') ? 'The body is empty.' : `The body is not JSON${place}.`;
}

function toIssueText({ field, message }: Issue, isKnownName: (name: string) => boolean): string {
  const path = field
    .replaceAll(/\["(?:[^"\\]|\\.)*"?\]?/g, '.…')
    .split('.')
    .map((part) => toPart(part, isKnownName))
    .join('.');
  return `${path === '' ? 'request' : path}: ${toReason(message)}`;
}

function toPart(part: string, isKnownName: (name: string) => boolean): string {
  const [, name = '', indexes = ''] = /^([^[\]]*)((?:\[\d{1,9}\])*)$/.exec(part) ?? [];
  return name === '' || isKnownName(name) ? name + indexes : `…${indexes}`;
}

/** What was expected is ours; what came instead is not. */
function toReason(message: string): string {
  if (message.startsWith('unknown key')) return 'unknown key';
  const [, expected] =
    /^(?:Too \w+: )?(expected .{1,200}?)(?:[,;] (?:got|received)\b.*|; .*)?$/s.exec(message) ?? [];
  return expected ?? 'not as it should be';
}
