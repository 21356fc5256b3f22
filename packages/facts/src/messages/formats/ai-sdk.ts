import type { ChatFormat } from '../chat-format.ts';
import { readMediaPart } from '../media-parts.ts';
import { readCall, readHiddenThinking, readInvocation, readResult } from '../part-readers.ts';

/** The Vercel AI SDK's messages, for models and for interfaces. */
export const aiSdk: ChatFormat = {
  places: { messages: ['prompt'] },
  parts: {
    'redacted-reasoning': readHiddenThinking,
    'image-data': readMediaPart,
    'image-url': readMediaPart,
    'file-data': readMediaPart,
    'file-url': readMediaPart,
    'tool-call': readCall,
    'tool-result': readResult,
    'dynamic-tool': readInvocation,
    // It says that a step begins, and nothing else.
    'step-start': () => [],
  },
  partFamilies: [[/^tool-/, readInvocation]],
};
