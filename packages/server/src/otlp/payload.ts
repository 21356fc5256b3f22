import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { fromAnyJson, fromJson, toJsonList, toText } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { unwrap } from './chat-messages.ts';
import { mergeFree } from './merge-free.ts';

type Bucket = Record<string, unknown>;

/** Inputs that are no messages, in the order in which they are read. */
export const inputNames = [
  'gen_ai.tool.call.arguments',
  'ai.toolCall.args',
  'tool_call.function.arguments',
  'tool_arguments',
  'gcp.vertex.agent.tool_call_args',
  'traceloop.entity.input',
  'langfuse.observation.input',
  'input.value',
  'gen_ai.prompt',
  'gcp.vertex.agent.llm_request',
  'ai.values',
  'ai.value',
  'ai.prompt',
  'gen_ai.retrieval.query.text',
  'reranker.query',
  'db.query.text',
  'user_prompt',
] as const;

/** Outputs that are no messages, in the order in which they are read. */
export const outputNames = [
  'gen_ai.tool.call.result',
  'ai.toolCall.result',
  'tool_response',
  'gcp.vertex.agent.tool_response',
  'traceloop.entity.output',
  'langfuse.observation.output',
  'output.value',
  'final_result',
  'gen_ai.completion',
  'gcp.vertex.agent.llm_response',
  'ai.embeddings',
  'ai.embedding',
] as const;

/** Attributes that always contain JSON, so that a text in them is in quotes. */
const jsonNames: ReadonlySet<string> = new Set([
  'ai.toolCall.args',
  'ai.toolCall.result',
  'ai.values',
  'ai.value',
  'ai.embeddings',
  'ai.embedding',
  'traceloop.entity.input',
  'traceloop.entity.output',
]);

function readPayload(value: unknown, key: string): unknown {
  if (!Array.isArray(value) && toText(value) === undefined && !isJsonObject(value))
    return undefined;
  if (!jsonNames.has(key)) return fromJson(value);
  const opened = Array.isArray(value) ? value.map(fromAnyJson) : fromAnyJson(value);
  return opened ?? undefined;
}

/** Takes the first of the attributes into the bucket. @returns whether there was one */
export function takePayload(
  bucket: Bucket,
  attributes: Attributes,
  names: readonly string[],
): boolean {
  const found = attributes.takeFirst(names, (each, name) => {
    const value = readPayload(each, name);
    return value === undefined ? undefined : { name, value };
  });
  if (found === undefined) return false;
  const refused = putPayload(bucket, found.value);
  if (refused !== null) attributes.giveBack(found.name, refused);
  return true;
}

/** An object as the fields of the bucket, anything else as its `value`. @returns what was not free; null if all was */
export function putPayload(bucket: Bucket, value: unknown): unknown {
  if (isJsonObject(value)) return mergeFree(bucket, value);
  return mergeFree(bucket, { value })?.['value'] ?? null;
}

/** A list whose items have numbers, and how one of them is read. */
type Source = readonly [prefix: string, read: (item: JsonObject) => unknown];

/** Lists that are added to inputs and outputs, and do not count as either. */
export function readLists(attributes: Attributes, inputs: Bucket, outputs: Bucket): void {
  const take = (bucket: Bucket, field: string, sources: readonly Source[]): void => {
    for (const [prefix, read] of sources) {
      if (bucket[field] !== undefined) return;
      const items = attributes.takeNumbered(prefix, (each) => each.map(read));
      if (items) bucket[field] = items;
    }
  };
  take(inputs, 'tools', toolSources);
  take(inputs, 'documents', [['reranker.input_documents.', toDocument]]);
  take(outputs, 'documents', documentSources);
  take(outputs, 'embeddings', [['embedding.embeddings.', (item) => unwrap(item, 'embedding')]]);
  if (outputs['documents'] !== undefined) return;
  const documents = attributes.takeFirst(['gen_ai.retrieval.documents'], toJsonList);
  if (documents) outputs['documents'] = documents;
}

/** `{document: {content, metadata: '{"source": …}'}}` as one object. */
function toDocument(item: JsonObject): JsonObject {
  const document = unwrap(item, 'document');
  return 'metadata' in document
    ? { ...document, metadata: fromJson(document['metadata']) }
    : document;
}

/** `{tool: {json_schema}}` as the schema. */
function openInferenceTool(item: JsonObject): unknown {
  const tool = unwrap(item, 'tool');
  const schema = fromJson(tool['json_schema']);
  return Object.keys(tool).length === 1 && isJsonObject(schema) ? schema : tool;
}

/** A function of OpenLLMetry in the form of OpenAI's tools. */
const toFunction = (item: JsonObject): JsonObject => ({
  type: 'function',
  function: 'parameters' in item ? { ...item, parameters: fromJson(item['parameters']) } : item,
});

const toolSources: readonly Source[] = [
  ['llm.tools.', openInferenceTool],
  ['llm.request.functions.', toFunction],
];
const documentSources: readonly Source[] = [
  ['retrieval.documents.', toDocument],
  ['reranker.output_documents.', toDocument],
];
