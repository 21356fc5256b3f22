import type { usage } from './fake-openai.ts';

const call = { id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
const part = { type: 'tool_call', id: 'call_1', name: 'weather' };
const system = { role: 'system', content: 'Be brief.' };
const user = { role: 'user', content: 'Weather in Oslo?' };
const weather = { city: 'Oslo', celsius: 7 };

/** A program of `libraries/`, and the session that results from its chat. */
export interface Library {
  readonly program: string;
  /** The variable that says where it is installed. */
  readonly installed: string;
  readonly tree: readonly string[];
  /** The provider by its name for it; default `openai`. */
  readonly provider?: string;
  /** The messages of the first call. */
  readonly history: readonly object[];
  /** The answer that calls the tool. */
  readonly called: object;
  readonly toolInputs: object;
  readonly toolOutputs: object;
  readonly hasEmbedding: boolean;
  /** What the library estimates that a streamed answer used; default: what the provider says. */
  readonly streamUsage?: Readonly<Record<keyof typeof usage.answer, number>>;
  /** Spans of models that are the same call as the one below them. */
  readonly repeatedCalls?: number;
  /** What the library does not send. */
  readonly lacks: readonly (
    | 'tools'
    | 'first token'
    | 'usage of streams'
    | 'usage of embeddings'
    | 'failed calls'
    | 'provider'
    | 'ids of calls'
  )[];
}

const aiSdkSpans = {
  program: 'ai-sdk-spans.mjs',
  provider: 'openai.chat',
  history: [system, { role: 'user', content: [{ type: 'text', text: 'Weather in Oslo?' }] }],
  called: {
    role: 'assistant',
    tool_calls: [{ toolCallId: 'call_1', toolName: 'weather', input: { city: 'Oslo' } }],
  },
  toolInputs: { city: 'Oslo' },
  toolOutputs: weather,
  hasEmbedding: true,
  lacks: [],
} as const;
const aiSdkEnd = [
  'chain ai.generateText',
  '  model ai.generateText.doGenerate',
  'chain ai.embed',
  '  model ai.embed.doEmbed',
];

export const libraries: readonly Library[] = [
  {
    program: 'openinference_openai.py',
    installed: 'INTEROP_OPENINFERENCE_PYTHON',
    tree: [
      'chain answer',
      '  model ChatCompletion',
      '  tool weather',
      '  model ChatCompletion',
      '  model ChatCompletion',
      '  model CreateEmbeddings',
    ],
    history: [system, user],
    called: { role: 'assistant', tool_calls: [call] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: true,
    lacks: [],
  },
  {
    program: 'openinference-openai.mjs',
    installed: 'INTEROP_NODE_FOLDER',
    tree: [
      'chain answer',
      '  model OpenAI Chat Completions',
      '  tool weather',
      '  model OpenAI Chat Completions',
      '  model OpenAI Embeddings',
    ],
    history: [system, user],
    called: { role: 'assistant', tool_calls: [call] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: true,
    lacks: ['first token', 'usage of streams', 'usage of embeddings', 'failed calls'],
  },
  {
    program: 'openinference_langchain.py',
    installed: 'INTEROP_OPENINFERENCE_PYTHON',
    tree: [
      'tool answer',
      '  chain LangGraph',
      '    chain model',
      '      model ChatOpenAI',
      '    chain tools',
      '      tool weather',
      '    chain model',
      '      model ChatOpenAI',
      '  model ChatOpenAI',
    ],
    history: [system, user],
    called: {
      role: 'assistant',
      tool_calls: [{ ...call, function: { name: 'weather', arguments: '{"city": "Oslo"}' } }],
    },
    toolInputs: { value: 'Oslo' },
    toolOutputs: { data: { content: '{"city": "Oslo", "celsius": 7}', tool_call_id: 'call_1' } },
    hasEmbedding: false,
    lacks: ['first token'],
  },
  {
    program: 'traceloop_openai.py',
    installed: 'INTEROP_TRACELOOP_PYTHON',
    tree: [
      'chain answer',
      '  model openai.chat',
      '  tool weather',
      '  model openai.chat',
      '  model openai.chat',
      '  model openai.embeddings',
    ],
    history: [system, user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: true,
    lacks: [],
  },
  {
    program: 'openai_v2.py',
    installed: 'INTEROP_OPENAI_PYTHON',
    tree: [
      'chain answer',
      '  model chat gpt-4o',
      '  tool execute_tool weather',
      '  model chat gpt-4o',
      '  model chat gone',
      '  model embeddings text-embedding-3-small',
    ],
    history: [system, user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: true,
    lacks: ['tools', 'first token'],
  },
  {
    program: 'pydantic_ai_agent.py',
    installed: 'INTEROP_PYDANTIC_AI_PYTHON',
    tree: [
      'tool answer',
      '  chain forecaster run',
      '    model chat gpt-4o',
      '    tool running tool: weather',
      '    model chat gpt-4o',
      '  chain forecaster run',
      '    model chat gone',
    ],
    history: [user],
    called: { role: 'assistant', parts: [{ ...part, arguments: '{"city":"Oslo"}' }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: false,
    lacks: [],
  },
  {
    program: 'ai-sdk.mjs',
    installed: 'INTEROP_NODE_FOLDER',
    tree: [
      'chain invoke_agent gpt-4o',
      '  chain step 1',
      '    model chat gpt-4o',
      '    tool execute_tool weather',
      '  chain step 2',
      '    model chat gpt-4o',
      'chain invoke_agent gone',
      '  chain step 1',
      '    model chat gone',
      'model embeddings text-embedding-3-small',
      '  model embeddings text-embedding-3-small',
    ],
    history: [user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasEmbedding: true,
    repeatedCalls: 1,
    lacks: [],
  },
  {
    ...aiSdkSpans,
    installed: 'INTEROP_AI_5_FOLDER',
    tree: [
      'chain ai.streamText',
      '  model ai.streamText.doStream',
      '    tool ai.toolCall',
      '  model ai.streamText.doStream',
      ...aiSdkEnd,
    ],
  },
  {
    ...aiSdkSpans,
    installed: 'INTEROP_AI_6_FOLDER',
    tree: [
      'chain ai.streamText',
      '  model ai.streamText.doStream',
      '  tool ai.toolCall',
      '  model ai.streamText.doStream',
      ...aiSdkEnd,
    ],
  },
  {
    program: 'openinference-langchain.mjs',
    installed: 'INTEROP_LANGCHAIN_FOLDER',
    tree: [
      'chain answer',
      '  chain LangGraph',
      '    chain __start__',
      '    chain model_request',
      '      model ChatOpenAI',
      '      chain RunnableLambda',
      '    chain tools',
      '      tool weather',
      '    chain model_request',
      '      model ChatOpenAI',
      '      chain RunnableLambda',
      '  model ChatOpenAI',
    ],
    history: [{ role: 'system' }, user],
    called: { role: 'assistant', tool_calls: [{ function: call.function }] },
    toolInputs: { value: 'Oslo' },
    toolOutputs: { output: { kwargs: { content: JSON.stringify(weather) } } },
    hasEmbedding: false,
    lacks: ['first token', 'provider', 'ids of calls'],
  },
  {
    program: 'traceloop-openai.mjs',
    installed: 'INTEROP_TRACELOOP_FOLDER',
    tree: [
      'chain answer.workflow',
      '  model chat gpt-4o',
      '  tool weather.tool',
      '  model chat gpt-4o',
    ],
    history: [system, user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { args: ['Oslo'] },
    toolOutputs: weather,
    hasEmbedding: false,
    streamUsage: { prompt_tokens: 18, completion_tokens: 6, total_tokens: 24 },
    lacks: ['first token', 'failed calls'],
  },
];
