import type { Attributes } from './attributes.ts';
import { toText } from './attributes.ts';

/** Attributes that say which kind of event a span is, as HoneyHive's SDKs write them. */
const ownNames = ['honeyhive_event_type_raw', 'honeyhive_event_type', 'honeyhive.event_type'];

/**
 * What other conventions call it. Source: docs/contract.md, "OpenTelemetry"; semantic conventions of OpenTelemetry,
 * OpenInference.
 */
const byValue: readonly (readonly [key: string, types: Readonly<Record<string, string>>])[] = [
  [
    'gen_ai.operation.name',
    {
      chat: 'model',
      text_completion: 'model',
      generate_content: 'model',
      invoke_agent: 'chain',
      create_agent: 'chain',
      invoke_workflow: 'chain',
      execute_tool: 'tool',
      embeddings: 'tool',
      retrieval: 'tool',
    },
  ],
  [
    'openinference.span.kind',
    {
      llm: 'model',
      chain: 'chain',
      agent: 'chain',
      tool: 'tool',
      retriever: 'tool',
      embedding: 'tool',
      reranker: 'tool',
      guardrail: 'tool',
      evaluator: 'tool',
      prompt: 'chain',
    },
  ],
  ['traceloop.span.kind', { workflow: 'chain', task: 'chain', agent: 'chain', tool: 'tool' }],
  [
    'ai.operationId',
    {
      'ai.generatetext': 'chain',
      'ai.streamtext': 'chain',
      'ai.generateobject': 'chain',
      'ai.streamobject': 'chain',
      'ai.embed': 'chain',
      'ai.embedmany': 'chain',
      'ai.generatetext.dogenerate': 'model',
      'ai.streamtext.dostream': 'model',
      'ai.generateobject.dogenerate': 'model',
      'ai.streamobject.dostream': 'model',
      'ai.embed.doembed': 'tool',
      'ai.embedmany.doembed': 'tool',
      'ai.toolcall': 'tool',
    },
  ],
];

/** Attributes that only a call of a model has. */
const modelSigns = [
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.request.model',
  'llm.model_name',
  'llm.request.type',
];

/**
 * Which kind of event a span is; `tool` when nothing in it says so. What is read for that stays, for it says more
 * than the type, but for the words of HoneyHive's own SDKs.
 */
export function readEventType(attributes: Attributes): string {
  const own = attributes.takeText(...ownNames);
  if (own !== undefined) return own;
  for (const [key, types] of byValue) {
    const word = toText(attributes.peek(key))?.toLowerCase();
    if (word !== undefined && Object.hasOwn(types, word)) return types[word] ?? 'tool';
  }
  return modelSigns.some((key) => attributes.has(key)) ? 'model' : 'tool';
}
