import type { JsonView } from './json-view.ts';
import type { ContentReader } from './chat-format.ts';
import type { MessagePart, ToolCallPart, ToolResultPart } from './message.ts';

/** What a tool was called with. Providers send it as JSON or as a string that holds JSON. */
function readInput(node: JsonView | null): ToolCallPart['input'] {
  if (!node || node.isNull) return null;
  const text = node.string;
  if (text === null) return { json: node.source };
  if (text.trim() === '') return null;
  return node.holdsJson ? { json: text } : { text };
}

/**
 * A call of a tool: OpenAI's `tool_calls` and items of type `…_call`, Anthropic's `tool_use`, LangChain's `tool_call`,
 * the AI SDK's `tool-call`, Gemini's `functionCall`. Null without a name.
 */
export function readToolCall(node: JsonView, fallbackName?: string): ToolCallPart | null {
  const called = node.first('function', 'custom', 'functionCall', 'function_call');
  const call = called?.isObject ? called : node;
  const name = call.stringAt('name', 'toolName') ?? fallbackName ?? null;
  if (name === null) return null;
  const callId =
    node.stringAt('call_id', 'toolCallId', 'tool_call_id', 'toolUseId') ?? call.stringAt('id');
  return {
    kind: 'tool_call',
    callId: callId ?? node.stringAt('id'),
    name,
    input: readInput(call.first('arguments', 'args', 'input', 'rawInput', 'action', 'code')),
  };
}

const errorTypes = new Set(['error-text', 'error-json', 'execution-denied']);

function isFailure(node: JsonView, output: JsonView | null): boolean {
  if (node.first('is_error', 'isError')?.isTrue || node.stringAt('status') === 'error') return true;
  const type = output?.stringAt('type') ?? '';
  return errorTypes.has(type) || type.endsWith('_error') || node.stringAt('errorText') !== null;
}

/** The AI SDK wraps what a tool gave: `{type: 'text' | 'json' | 'content' | …, value}`. */
function unwrapOutput(output: JsonView): JsonView {
  const value = output.get('value') ?? output.get('reason');
  return output.stringAt('type') !== null && value && output.count <= 3 ? value : output;
}

/** What a tool gave back, in any of the same providers' shapes. */
export function readToolResult(node: JsonView, readContent: ContentReader): ToolResultPart {
  const output = node.first(
    'output',
    'result',
    'content',
    'errorText',
    'response',
    'outputs',
    'error',
  );
  return {
    kind: 'tool_result',
    callId: node.stringAt(
      'tool_use_id',
      'tool_call_id',
      'toolCallId',
      'toolUseId',
      'call_id',
      'id',
    ),
    name: node.stringAt('name', 'toolName'),
    isError: isFailure(node, output),
    parts: output ? readOutput(unwrapOutput(output), readContent) : [],
  };
}

function readOutput(output: JsonView, readContent: ContentReader): MessagePart[] {
  const isContent = output.string !== null || isListOfParts(output);
  return isContent ? readContent(output) : [{ kind: 'json', label: '', source: output.source }];
}

function isListOfParts(node: JsonView): boolean {
  const items = node.items ?? [];
  return items.length > 0 && items.every((item) => item.stringAt('type') !== null);
}

/** A tool of the AI SDK's messages for interfaces: the call, and its result in the same part once it is there. */
export function readToolInvocation(
  part: JsonView,
  readContent: ContentReader,
): MessagePart[] | null {
  const node = part.get('toolInvocation') ?? part;
  const type = part.stringAt('type') ?? '';
  const call = readToolCall(node, type.startsWith('tool-') ? type.slice('tool-'.length) : 'tool');
  if (!call) return null;
  const hasResult = node.first('output', 'result', 'errorText') !== null;
  return hasResult ? [call, { ...readToolResult(node, readContent), name: call.name }] : [call];
}
