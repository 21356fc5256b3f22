import type { MessagePart } from 'honeyhive-facts/messages';

/** What a message says, to be copied: its words, and of what is no text the JSON or the address. */
export function toPlainText(parts: readonly MessagePart[]): string {
  return parts
    .map(printPart)
    .filter((text) => text !== '')
    .join('\n\n');
}

function printPart(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
    case 'thinking':
    case 'refusal':
      return part.text;
    case 'image':
    case 'file':
      return part.media ? (Object.values(part.media).at(-1) ?? '') : '';
    case 'tool_call':
      return `${part.name}(${Object.values(part.input ?? {}).join('')})`;
    case 'tool_result':
      return toPlainText(part.parts);
    case 'json':
      return part.source;
  }
}
