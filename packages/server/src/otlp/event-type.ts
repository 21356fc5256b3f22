import type { Attributes } from './attributes.ts';
import { toText } from './attributes.ts';

/** Attributes that contain the event type, as HoneyHive's SDKs write them. */
const ownNames = ['honeyhive_event_type_raw', 'honeyhive_event_type', 'honeyhive.event_type'];

/**
 * Attributes that contain the kind of a span, in the order in which they are read. The SDKs of LangSmith and Langfuse
 * are first, because LangSmith also writes `gen_ai.operation.name`, less exactly. Source: docs/contract.md,
 * "OpenTelemetry"; semantic conventions of OpenTelemetry, OpenInference, and the instrumentations themselves.
 */
export const kindKeys = [
  'langsmith.span.kind',
  'langfuse.observation.type',
  'gen_ai.operation.name',
  'openinference.span.kind',
  'traceloop.span.kind',
  'ai.operationId',
  'span.type',
  'llm.request.type',
] as const;

const words = (text: string): readonly string[] => text.split(' ');

/** Names of kinds, in lower case, by the event type. An embedding is a call of a model; a search is a tool. */
export const kindNames = {
  model: [
    ...words(
      'chat text_completion completion generate_content llm generation responses llm_request',
    ),
    ...words('embeddings embedding embed'),
    ...words('ai.generatetext.dogenerate ai.streamtext.dostream ai.generateobject.dogenerate'),
    ...words('ai.streamobject.dostream ai.embed.doembed ai.embedmany.doembed'),
  ],
  chain: [
    ...words('invoke_agent create_agent agent agent_step agent_run invoke_workflow workflow task'),
    ...words('chain span prompt parser step loop plan execute_event_loop_cycle interaction'),
    ...words('ai.generatetext ai.streamtext ai.generateobject ai.streamobject'),
    ...words('ai.embed ai.embedmany ai.rerank'),
  ],
  tool: [
    ...words('execute_tool tool tool.execution tool.blocked_on_user hook event'),
    ...words('retrieval retriever rerank reranker guardrail evaluator'),
    ...words('ai.toolcall ai.rerank.dorerank'),
  ],
} as const;

const typeOfKind = new Map(
  Object.entries(kindNames).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/** Attributes that only a call of a model has. */
const modelSigns = [
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.request.model',
  'llm.model_name',
  'llm.request.type',
  'langfuse.observation.model.name',
];

/**
 * The event type of a span; `tool` if no attribute contains it. The attributes stay, because they are more exact than
 * the type, except those of HoneyHive's SDKs.
 */
export function readEventType(attributes: Attributes): string {
  const own = attributes.takeText(...ownNames);
  if (own !== undefined) return own;
  for (const key of kindKeys) {
    const type = typeOfKind.get(toText(attributes.peek(key))?.toLowerCase() ?? '');
    if (type !== undefined) return type;
  }
  return modelSigns.some((key) => attributes.has(key)) ? 'model' : 'tool';
}
