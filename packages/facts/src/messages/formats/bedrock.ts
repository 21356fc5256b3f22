import type { ChatFormat, PartReader } from '../chat-format.ts';
import { toDataSource } from '../media-source.ts';
import { readToolCall, readToolResult } from '../tool-parts.ts';

const readUse: PartReader = (part) => {
  const use = part.get('toolUse');
  return use && readToolCall(use);
};

const readResult: PartReader = (part, readContent) => {
  const result = part.get('toolResult');
  const content = result?.get('content') ?? null;
  return result && { ...readToolResult(result, readContent), parts: readContent(content) };
};

/** Without a text, the provider encrypted it. */
const readReasoning: PartReader = (part) => ({
  kind: 'thinking',
  text: part.get('reasoningContent')?.get('reasoningText')?.stringAt('text') ?? '',
});

const readImage: PartReader = (part) => {
  const image = part.get('image');
  const data = image?.get('source')?.stringAt('bytes') ?? null;
  const format = image?.stringAt('format') ?? 'png';
  return data === null ? null : { kind: 'image', media: toDataSource(`image/${format}`, data) };
};

/** Blocks of Bedrock's Converse API, which Strands writes too. Their only field says what they are. */
export const bedrock: ChatFormat = {
  partsByField: {
    toolUse: readUse,
    toolResult: readResult,
    reasoningContent: readReasoning,
    image: readImage,
    json: (part) => ({ kind: 'json', label: '', source: part.get('json')?.source ?? '' }),
    // It marks how far a prompt is cached, and says nothing.
    cachePoint: () => [],
  },
};
