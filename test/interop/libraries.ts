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
  /** The messages of the first call. */
  readonly history: readonly object[];
  /** The answer that calls the tool. */
  readonly called: object;
  readonly toolInputs: object;
  readonly toolOutputs: object;
  /** Whether the library says when the streamed answer began. */
  readonly hasFirstToken: boolean;
  /** What it does not send. */
  readonly lacks?: 'usage of streams, failed calls';
}

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
    ],
    history: [system, user],
    called: { role: 'assistant', tool_calls: [call] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasFirstToken: true,
  },
  {
    program: 'openinference-openai.mjs',
    installed: 'INTEROP_NODE_FOLDER',
    tree: [
      'chain answer',
      '  model OpenAI Chat Completions',
      '  tool weather',
      '  model OpenAI Chat Completions',
    ],
    history: [system, user],
    called: { role: 'assistant', tool_calls: [call] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasFirstToken: false,
    lacks: 'usage of streams, failed calls',
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
    hasFirstToken: false,
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
    ],
    history: [system, user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasFirstToken: true,
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
    hasFirstToken: true,
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
    ],
    history: [user],
    called: { role: 'assistant', parts: [{ ...part, arguments: { city: 'Oslo' } }] },
    toolInputs: { city: 'Oslo' },
    toolOutputs: weather,
    hasFirstToken: true,
  },
];
