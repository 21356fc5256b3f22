import type { Message, ToolCallPart, ToolResultPart } from 'honeyhive-facts/messages';

/** Which result belongs to which call, both ways. Parts are compared by identity. */
export interface ToolPairs {
  resultOf: ReadonlyMap<ToolCallPart, ToolResultPart>;
  callOf: ReadonlyMap<ToolResultPart, ToolCallPart>;
}

/**
 * Pairs results with the calls before them: by id, and where the provider has none by name, in order. An id that two
 * calls share goes to the one that still waits.
 */
export function pairTools(messages: readonly Message[]): ToolPairs {
  const resultOf = new Map<ToolCallPart, ToolResultPart>();
  const callOf = new Map<ToolResultPart, ToolCallPart>();
  const waiting: ToolCallPart[] = [];
  for (const part of messages.flatMap(({ parts }) => parts)) {
    if (part.kind === 'tool_call') waiting.push(part);
    if (part.kind !== 'tool_result') continue;
    const at = waiting.findIndex((call) => isAnswer(call, part));
    const [call] = at < 0 ? [] : waiting.splice(at, 1);
    if (!call) continue;
    resultOf.set(call, part);
    callOf.set(part, call);
  }
  return { resultOf, callOf };
}

/** Whether a message has nothing but results that are shown with their calls. */
export const isShownWithCalls = (message: Message, { callOf }: ToolPairs): boolean =>
  message.parts.length > 0 &&
  message.parts.every((part) => part.kind === 'tool_result' && callOf.has(part));

function isAnswer(call: ToolCallPart, result: ToolResultPart): boolean {
  if (call.callId !== null && result.callId !== null) return call.callId === result.callId;
  return result.name !== null && call.name === result.name;
}
