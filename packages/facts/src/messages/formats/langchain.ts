import type { ChatFormat, Unwrapped } from '../chat-format.ts';
import type { JsonView } from '../json-view.ts';
import { readMediaPart } from '../media-parts.ts';
import { readCall, readResult } from '../part-readers.ts';

/** As LangChain takes messages: `['human', 'text']`. */
function unwrapPair(node: JsonView): Unwrapped | null {
  const [role, content, ...more] = node.count === 2 ? (node.items ?? []) : [];
  const roleName = role?.string ?? null;
  if (roleName === null || !content || more.length > 0 || content.string === null) return null;
  return { roleName, fields: content };
}

/** Serialised: `{lc, id: […, 'HumanMessage'], kwargs}` or `{type: 'human', data}`. */
function unwrapSerialised(node: JsonView): Unwrapped | null {
  const roleName = node.get('id')?.items?.at(-1)?.string ?? node.stringAt('type');
  const fields = node.get('kwargs') ?? node.get('data');
  return roleName !== null && fields?.isObject ? { roleName, fields } : null;
}

/** `{type: 'human', content}`. */
function unwrapTyped(node: JsonView): Unwrapped | null {
  const roleName = node.stringAt('type');
  return roleName !== null && node.get('content') ? { roleName, fields: node } : null;
}

/** LangChain's messages, and the runs that its callbacks write. */
export const langchain: ChatFormat = {
  places: { choices: ['generations'] },
  roles: { human: 'user', ai: 'assistant', bot: 'assistant' },
  parts: {
    tool_call: readCall,
    server_tool_call: readCall,
    server_tool_call_result: readResult,
    video: readMediaPart,
    media: readMediaPart,
  },
  unwrap: (node) =>
    node.isArray ? unwrapPair(node) : (unwrapSerialised(node) ?? unwrapTyped(node)),
};
