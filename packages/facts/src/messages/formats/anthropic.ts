import type { ChatFormat } from '../chat-format.ts';
import { readMediaPart } from '../media-parts.ts';
import { readCall, readHiddenThinking, readResult, readThinking } from '../part-readers.ts';

/** Anthropic's messages; their texts have the type that OpenAI's have. */
export const anthropic: ChatFormat = {
  places: { instruction: ['system'] },
  parts: {
    thinking: readThinking,
    redacted_thinking: readHiddenThinking,
    image: readMediaPart,
    document: readMediaPart,
    tool_use: readCall,
    server_tool_use: readCall,
    mcp_tool_use: readCall,
    tool_result: readResult,
  },
  partFamilies: [[/_tool_result$/, readResult]],
};
