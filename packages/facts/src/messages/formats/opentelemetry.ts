import type { ChatFormat } from '../chat-format.ts';
import { readMediaPart } from '../media-parts.ts';
import { readResult } from '../part-readers.ts';

/** OpenTelemetry's conventions for generative AI, as attributes hold them. */
export const opentelemetry: ChatFormat = {
  places: {
    instruction: ['system_instructions', 'gen_ai.system_instructions'],
    messages: ['input_messages', 'gen_ai.input.messages'],
    output: ['output_messages', 'gen_ai.output.messages'],
  },
  parts: { blob: readMediaPart, uri: readMediaPart, tool_call_response: readResult },
};
