import type { JsonNode } from '../json/json-node.ts';
import { isJson } from '../json/nested-json.ts';
import type { MessagePart, ToolCallPart, ToolResultPart } from './message.ts';

/** What a tool was called with. Providers send it as JSON or as a string that holds JSON. */
function readInput(node: JsonNode | null): ToolCallPart['input'] {
  if (!node || node.isNull) return null;
  const text = node.string;
  if (text === null) return { json: node.source };
  if (text.trim() === '') return null;
  return isJson(text) ? { json: text } : { text };
}

/**
 * A call of a tool: OpenAI's `tool_calls` and items of type `…_call`, Anthropic's `tool_use`, LangChain's `tool_call`,
 * the AI SDK's `tool-call`, Gemini's `functionCall`. Null without a name.
 */
export function readToolCall(node: JsonNode, fallbackName?: string): ToolCallPart | null {
  const called = node.first('function', 'custom', 'functionCall', 'function_call');
  const call = called?.isObject ? called : node;
  const name = call.stringAt('name', 'toolName') ?? fallbackName ?? null;
  if (name === null) return null;
  const callId = node.stringAt('call_id', 'toolCallId', 'tool_call_id') ?? call.stringAt('id');
  return {
    kind: 'tool_call',
    callId: callId ?? node.stringAt('id'),
    name,
    input: readInput(call.first('arguments', 'args', 'input', 'rawInput', 'action', 'code')),
  };
}

const errorTypes = new Set(['error-text', 'error-json', 'execution-denied']);

function isFailure(node: JsonNode, output: JsonNode | null): boolean {
  if (node.first('is_error', 'isError')?.isTrue || node.stringAt('status') === 'error') return true;
  const type = output?.stringAt('type') ?? '';
  return errorTypes.has(type) || type.endsWith('_error') || node.stringAt('errorText') !== null;
}

/** The AI SDK wraps what a tool gave: `{type: 'text' | 'json' | 'content' | …, value}`. */
function unwrapOutput(output: JsonNode): JsonNode {
  const value = output.get('value') ?? output.get('reason');
  return output.stringAt('type') !== null && value && output.count <= 3 ? value : output;
}

/** Reads what a message says. Handed in, since a part of that may in turn be what a tool gave back. */
type ContentReader = (content: JsonNode) => MessagePart[];

/** What a tool gave back, in any of the same providers' shapes. */
export function readToolResult(node: JsonNode, readContent: ContentReader): ToolResultPart {
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
    callId: node.stringAt('tool_use_id', 'tool_call_id', 'toolCallId', 'call_id', 'id'),
    name: node.stringAt('name', 'toolName'),
    isError: isFailure(node, output),
    parts: output ? readOutput(unwrapOutput(output), readContent) : [],
  };
}

function readOutput(output: JsonNode, readContent: ContentReader): MessagePart[] {
  const isContent = output.string !== null || isListOfParts(output);
  return isContent ? readContent(output) : [{ kind: 'json', label: '', source: output.source }];
}

function isListOfParts(node: JsonNode): boolean {
  const items = node.items ?? [];
  return items.length > 0 && items.every((item) => item.stringAt('type') !== null);
}

/** A tool of the AI SDK's messages for interfaces: the call, and its result in the same part once it is there. */
export function readToolInvocation(
  part: JsonNode,
  readContent: ContentReader,
): MessagePart[] | null {
  const node = part.get('toolInvocation') ?? part;
  const type = part.stringAt('type') ?? '';
  const call = readToolCall(node, type.startsWith('tool-') ? type.slice('tool-'.length) : 'tool');
  if (!call) return null;
  const hasResult = node.first('output', 'result', 'errorText') !== null;
  return hasResult ? [call, { ...readToolResult(node, readContent), name: call.name }] : [call];
}
