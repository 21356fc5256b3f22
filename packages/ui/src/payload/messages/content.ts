import type { JsonNode } from '../json/json-node.ts';
import { readMediaPart } from './media-parts.ts';
import type { MessagePart } from './message.ts';
import { readToolCall, readToolInvocation, readToolResult } from './tool-parts.ts';

/** Reads one part of a message; null for what only looks like its type. */
type PartReader = (part: JsonNode) => MessagePart | MessagePart[] | null;

const readText: PartReader = (part) => {
  const text = part.stringAt('text', 'content') ?? part.get('text')?.stringAt('value') ?? null;
  return text === null ? null : { kind: 'text', text };
};

const readRefusal: PartReader = (part) => ({
  kind: 'refusal',
  text: part.stringAt('refusal', 'text') ?? '',
});

/** OpenAI's item has a list of summaries and one of contents, each with a text. */
const readThinking: PartReader = (part) => {
  const text = part.stringAt('thinking', 'reasoning', 'text', 'content');
  if (text !== null) return { kind: 'thinking', text };
  const pieces = [...(part.get('summary')?.items ?? []), ...(part.get('content')?.items ?? [])];
  return { kind: 'thinking', text: pieces.map((piece) => piece.stringAt('text')).join('\n\n') };
};

const readCall: PartReader = (part) => readToolCall(part);
const readResult: PartReader = (part) => readToolResult(part, readContent);
const readInvocation: PartReader = (part) => readToolInvocation(part, readContent);

/** By `type`, as the providers name it. */
const readers: Record<string, PartReader> = {
  text: readText,
  input_text: readText,
  output_text: readText,
  summary_text: readText,
  reasoning_text: readThinking,
  refusal: readRefusal,
  thinking: readThinking,
  reasoning: readThinking,
  redacted_thinking: () => ({ kind: 'thinking', text: '' }),
  'redacted-reasoning': () => ({ kind: 'thinking', text: '' }),
  image: readMediaPart,
  image_url: readMediaPart,
  input_image: readMediaPart,
  file: readMediaPart,
  input_file: readMediaPart,
  document: readMediaPart,
  audio: readMediaPart,
  input_audio: readMediaPart,
  video: readMediaPart,
  media: readMediaPart,
  blob: readMediaPart,
  uri: readMediaPart,
  'image-data': readMediaPart,
  'image-url': readMediaPart,
  'file-data': readMediaPart,
  'file-url': readMediaPart,
  function: readCall,
  custom: readCall,
  tool_use: readCall,
  server_tool_use: readCall,
  mcp_tool_use: readCall,
  tool_call: readCall,
  'tool-call': readCall,
  server_tool_call: readCall,
  tool_result: readResult,
  'tool-result': readResult,
  server_tool_call_result: readResult,
  tool_call_response: readResult,
  'dynamic-tool': readInvocation,
  // It says that a step begins, and nothing else.
  'step-start': () => [],
};

/** Families of types, by how their names begin or end; the first that fits. */
const families: [pattern: RegExp, read: PartReader][] = [
  [/_tool_result$|_call_output$/, readResult],
  [/_call$/, (part) => readToolCall(part, part.stringAt('type')?.replace(/_call$/, ''))],
  [/^tool-/, readInvocation],
];

/** Gemini's parts have no type: the name of their one field says what they are. */
const readersByField: Record<string, PartReader> = {
  text: (part) => {
    const text = part.stringAt('text');
    if (text === null) return null;
    return { kind: part.get('thought')?.isTrue ? 'thinking' : 'text', text };
  },
  functionCall: readCall,
  function_call: readCall,
  functionResponse: (part) => readResult(part.get('functionResponse') ?? part),
  function_response: (part) => readResult(part.get('function_response') ?? part),
  inlineData: readMediaPart,
  inline_data: readMediaPart,
  fileData: readMediaPart,
  file_data: readMediaPart,
  executableCode: (part) => {
    const code = part.get('executableCode');
    return code && readToolCall(code, 'code_execution');
  },
  codeExecutionResult: (part) => readResult(part.get('codeExecutionResult') ?? part),
};

function findReader(part: JsonNode): PartReader | null {
  const type = part.stringAt('type');
  if (type !== null) {
    if (Object.hasOwn(readers, type)) return readers[type] ?? null;
    return families.find(([pattern]) => pattern.test(type))?.[1] ?? null;
  }
  for (const field of Object.keys(readersByField)) {
    if (part.first(field)) return readersByField[field] ?? null;
  }
  return null;
}

/** Parts can hold parts, and hostile ones do so without end. Deeper ones than any provider makes are left as JSON. */
const deepestPart = 100;

/** One part of a message. What has no form of its own becomes JSON: nothing is dropped. */
export function readPart(part: JsonNode): MessagePart[] {
  const text = part.string;
  if (text !== null) return text === '' ? [] : [{ kind: 'text', text }];
  const read = part.depth > deepestPart ? null : (findReader(part)?.(part) ?? null);
  if (read !== null) return Array.isArray(read) ? read : [read];
  return [{ kind: 'json', label: part.stringAt('type') ?? '', source: part.source }];
}

/** The content of a message: a string, a list of parts, or one part. */
export function readContent(content: JsonNode | null): MessagePart[] {
  if (!content || content.isNull) return [];
  return content.items?.flatMap(readPart) ?? readPart(content);
}
