import type { Message, ToolCallPart, ToolResultPart } from 'honeyhive-facts/messages';
import type { NewMessages, Turn } from './new-messages.ts';
import { pairTools, type ToolPairs } from './tool-pairs.ts';

type ToolPart = ToolCallPart | ToolResultPart;

/**
 * Pairs the tool calls and results of a thread as they are shown. A result mostly comes with the next turn, which
 * repeats its call. Where it does not, or with other arguments, the id of the call decides.
 */
export function pairThread(turns: readonly Turn[], news: readonly NewMessages[]): ToolPairs {
  const pairs: Pairs = { resultOf: new Map(), callOf: new Map() };
  for (const [index, { input, output }] of turns.entries()) {
    const shownOf = toShown(input, news[index]?.shown ?? input);
    for (const [call, result] of pairTools([...input, ...output]).resultOf)
      pair(pairs, shownOf(call), shownOf(result));
  }
  const unanswered: Unanswered[] = [];
  for (const { shown, output } of news) pairById(pairs, unanswered, [...shown, ...output]);
  return pairs;
}

function pairById(pairs: Pairs, unanswered: Unanswered[], messages: readonly Message[]): void {
  for (const part of toolParts(messages)) {
    const at = unanswered.findIndex((each) => isAnswered(each, part, { pairs, messages }));
    const [found] = at < 0 ? [] : unanswered.splice(at, 1);
    if (found) pair(pairs, found.call, part);
    if (part.kind === 'tool_call' && !pairs.resultOf.has(part))
      unanswered.push({ call: part, turn: new Set(messages) });
  }
}

/** A call without a result, and the messages of its turn. */
interface Unanswered {
  readonly call: ToolCallPart;
  readonly turn: ReadonlySet<Message>;
}

interface Pairs {
  readonly resultOf: Map<ToolCallPart, ToolResultPart>;
  readonly callOf: Map<ToolResultPart, ToolCallPart>;
}

function pair({ resultOf, callOf }: Pairs, call: ToolPart, result: ToolPart): void {
  if (call.kind !== 'tool_call' || result.kind !== 'tool_result') return;
  if (!resultOf.has(call)) resultOf.set(call, result);
  if (!callOf.has(result)) callOf.set(result, call);
}

/** Some providers reuse ids in each turn: a result that has a call belongs to another one only in the same history. */
function isAnswered(
  { call, turn }: Unanswered,
  result: ToolPart,
  { pairs, messages }: { readonly pairs: Pairs; readonly messages: readonly Message[] },
): boolean {
  if (result.kind !== 'tool_result' || call.callId === null) return false;
  if (result.callId !== call.callId) return false;
  const other = pairs.callOf.get(result);
  return !other || (other.name === call.name && messages.some((message) => turn.has(message)));
}

const toolParts = (messages: readonly Message[]): ToolPart[] =>
  messages
    .flatMap(({ parts }) => parts)
    .filter((part) => part.kind === 'tool_call' || part.kind === 'tool_result');

/** Finds the tool part that is shown instead of a repeated one. */
function toShown(input: readonly Message[], shown: readonly Message[]) {
  const replaced = new Map<ToolPart, ToolPart>();
  for (const [index, message] of input.entries()) {
    const other = shown[index];
    if (!other || other === message) continue;
    const others = toolParts([other]);
    for (const [at, part] of toolParts([message]).entries()) replaced.set(part, others[at] ?? part);
  }
  return (part: ToolPart): ToolPart => replaced.get(part) ?? part;
}
