import type { ChatFormat, PartReader } from '../chat-format.ts';
import { readMediaPart } from '../media-parts.ts';
import { readCall, readRefusal, readResult, readText, readThinking } from '../part-readers.ts';
import { readToolCall } from '../tool-parts.ts';

/** The tool of a call by its type: `web_search_call`. */
const readTypedCall: PartReader = (part) =>
  readToolCall(part, part.stringAt('type')?.replace(/_call$/, ''));

/** OpenAI's chat completions and responses. */
export const openai: ChatFormat = {
  places: {
    instruction: ['instructions'],
    messages: ['messages'],
    input: ['input'],
    choices: ['choices'],
    output: ['output'],
  },
  roles: {
    system: 'system',
    developer: 'system',
    user: 'user',
    assistant: 'assistant',
    tool: 'tool',
    function: 'tool',
  },
  parts: {
    text: readText,
    input_text: readText,
    output_text: readText,
    summary_text: readText,
    reasoning: readThinking,
    reasoning_text: readThinking,
    refusal: readRefusal,
    image_url: readMediaPart,
    input_image: readMediaPart,
    file: readMediaPart,
    input_file: readMediaPart,
    audio: readMediaPart,
    input_audio: readMediaPart,
    function: readCall,
    custom: readCall,
  },
  partFamilies: [
    [/_call_output$/, readResult],
    [/_call$/, readTypedCall],
  ],
  itemTypes: /^(reasoning|.*_call|.*_call_output|computer_call|compaction|mcp_.*|item_reference)$/,
  // An answer of the responses API is known by its type where its role was left out.
  unwrap: (node) =>
    node.stringAt('type') === 'message' && node.get('content')
      ? { roleName: 'assistant', fields: node }
      : null,
};
