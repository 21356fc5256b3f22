import type { ChatFormat } from '../chat-format.ts';
import { readMediaPart } from '../media-parts.ts';
import { readCall, readFieldResult } from '../part-readers.ts';
import { readToolCall } from '../tool-parts.ts';

/** Gemini's contents. Their parts have no type: the name of their one field says what they are. */
export const gemini: ChatFormat = {
  places: {
    instruction: ['systemInstruction', 'system_instruction'],
    messages: ['contents'],
    choices: ['candidates'],
  },
  roles: { model: 'assistant' },
  partsByField: {
    text: (part) => {
      const text = part.stringAt('text');
      if (text === null) return null;
      return { kind: part.get('thought')?.isTrue ? 'thinking' : 'text', text };
    },
    functionCall: readCall,
    function_call: readCall,
    functionResponse: readFieldResult('functionResponse'),
    function_response: readFieldResult('function_response'),
    inlineData: readMediaPart,
    inline_data: readMediaPart,
    fileData: readMediaPart,
    file_data: readMediaPart,
    executableCode: (part) => {
      const code = part.get('executableCode');
      return code && readToolCall(code, 'code_execution');
    },
    codeExecutionResult: readFieldResult('codeExecutionResult'),
  },
};
