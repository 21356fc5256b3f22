import type { CreateEventInput, SessionInput } from 'honeyhive';

/** One step of the conversation, before it has ids and a clock time. */
export interface Step extends Pick<
  CreateEventInput,
  'event_type' | 'event_name' | 'config' | 'inputs' | 'outputs' | 'metadata' | 'error'
> {
  /** What other steps call it by. */
  readonly key: string;
  /** Key of the step that it is part of; null: the session itself. */
  readonly parent: string | null;
  /** Milliseconds after the start of the session. */
  readonly startMs: number;
  /** Milliseconds. */
  readonly duration: number;
}

const system =
  'You are the support assistant of Fernwood, a shop for house plants. Be brief and kind. Look orders up before you answer; never guess a date.';
const question = 'Hi! My monstera should have been here on Tuesday. Where is it? Order F-20871.';
const wish = 'Thursday is bad, I am away. Can it go to my neighbour at 14 Alder Lane instead?';
const thanks = 'Perfect, thank you!';
const firstAnswer =
  'I am sorry for the wait! Your monstera left our greenhouse on Wednesday, a day late because of the frost, and the carrier will bring it this Thursday between 9 and 12.';
const secondAnswer =
  'Done: the parcel now goes to your neighbour at 14 Alder Lane, still on Thursday between 9 and 12. You will get a text message when it is there.';
const thirdAnswer =
  'You are welcome! Give it a drink when you unpack it, it travelled in the cold.';

const model = { provider: 'openai', model: 'gpt-4o-mini', temperature: 0.2 };
const usd = (prompt: number, completion: number) =>
  Number((prompt * 0.15e-6 + completion * 0.6e-6).toFixed(8));
const usage = (prompt: number, completion: number) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  cost: usd(prompt, completion),
});

const toolCall = (id: string, name: string, args: Readonly<Record<string, unknown>>) => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }],
});
const toolResult = (id: string, result: unknown) => ({
  role: 'tool',
  tool_call_id: id,
  content: JSON.stringify(result),
});
const says = (role: 'system' | 'user' | 'assistant', content: string) => ({ role, content });

const articles = [
  {
    id: 'help-118',
    title: 'Late parcels',
    score: 0.83,
    text: 'In frost we hold parcels with tropical plants for up to two days.',
  },
  {
    id: 'help-042',
    title: 'Changing the delivery address',
    score: 0.71,
    text: 'An address can be changed until the parcel is on the van.',
  },
];
const order = {
  order_id: 'F-20871',
  items: [{ sku: 'monstera-l', quantity: 1 }],
  status: 'with_carrier',
  shipped: 'Wednesday',
  delivery: { day: 'Thursday', from: '09:00', to: '12:00' },
};
const moved = { order_id: 'F-20871', accepted: true, address: '14 Alder Lane' };
const orderCall = toolCall('call_1', 'find_order', { order_id: 'F-20871' });
const moveCall = toolCall('call_2', 'change_address', {
  order_id: 'F-20871',
  address: '14 Alder Lane',
});
const firstTurn = [says('system', system), says('user', question)];
const afterLookUp = [...firstTurn, orderCall, toolResult('call_1', order)];
const secondTurn = [...afterLookUp, says('assistant', firstAnswer), says('user', wish)];
const afterMove = [...secondTurn, moveCall, toolResult('call_2', moved)];
const thirdTurn = [...afterMove, says('assistant', secondAnswer), says('user', thanks)];
const tools = ['find_order', 'change_address'].map((name) => ({
  type: 'function',
  function: { name },
}));

/** The session as it begins. */
export const conversationSession = {
  session_name: 'support: where is my monstera?',
  source: 'demo',
  user_properties: { user_id: 'customer_2087', plan: 'plus' },
  metadata: { channel: 'web chat', locale: 'en-GB' },
} as const satisfies SessionInput;

/** What is known at its end: sent as an update of the session. */
export const conversationEnd = {
  outputs: { resolution: 'address changed', turns: 3 },
  metrics: { resolved: true, customer_effort: 1 },
  metadata: { closed_by: 'assistant' },
};

/** What the customer thought of the last answer: sent as an update of that event. */
export const customerFeedback = { rating: 5, comment: 'Quick, and the neighbour got it.' };

/** The steps in the order in which they began; a parent comes before its parts. */
export const conversation: readonly Step[] = [
  {
    key: 'turn-1',
    parent: null,
    event_type: 'chain',
    event_name: 'turn 1: where is my order?',
    startMs: 0,
    duration: 5_480,
    inputs: { message: question },
    outputs: { message: firstAnswer },
  },
  {
    key: 'retrieve',
    parent: 'turn-1',
    event_type: 'chain',
    event_name: 'retrieve articles',
    startMs: 12,
    duration: 214,
    inputs: { query: question, top_k: 2 },
    outputs: { documents: articles },
  },
  {
    key: 'embed',
    parent: 'retrieve',
    event_type: 'model',
    event_name: 'embed question',
    startMs: 14,
    duration: 126,
    config: { provider: 'openai', model: 'text-embedding-3-small', dimensions: 1536 },
    inputs: { text: question },
    outputs: { vector_length: 1536 },
    metadata: { prompt_tokens: 22, total_tokens: 22, cost: 4.4e-7 },
  },
  {
    key: 'search',
    parent: 'retrieve',
    event_type: 'tool',
    event_name: 'search_help_centre',
    startMs: 142,
    duration: 81,
    config: { index: 'help-articles', metric: 'cosine' },
    inputs: { top_k: 2, filter: { language: 'en' } },
    outputs: { documents: articles },
  },
  {
    key: 'decide-1',
    parent: 'turn-1',
    event_type: 'model',
    event_name: 'choose next step',
    startMs: 230,
    duration: 742,
    config: model,
    inputs: { chat_history: firstTurn, tools },
    outputs: orderCall,
    metadata: usage(318, 21),
  },
  {
    key: 'find-failed',
    parent: 'turn-1',
    event_type: 'tool',
    event_name: 'find_order',
    startMs: 975,
    duration: 3_002,
    inputs: { order_id: 'F-20871', attempt: 1 },
    outputs: {},
    error: 'OrderServiceTimeout: no answer within 3000 ms',
    metadata: { upstream: 'orders-eu-1', retryable: true },
  },
  {
    key: 'find',
    parent: 'turn-1',
    event_type: 'tool',
    event_name: 'find_order (retry)',
    startMs: 4_230,
    duration: 188,
    inputs: { order_id: 'F-20871', attempt: 2 },
    outputs: order,
    metadata: { upstream: 'orders-eu-2' },
  },
  {
    key: 'answer-1',
    parent: 'turn-1',
    event_type: 'model',
    event_name: 'answer',
    startMs: 4_420,
    duration: 1_057,
    config: model,
    inputs: { chat_history: afterLookUp, documents: articles },
    outputs: says('assistant', firstAnswer),
    metadata: usage(466, 47),
  },
  {
    key: 'turn-2',
    parent: null,
    event_type: 'chain',
    event_name: 'turn 2: another address',
    startMs: 41_300,
    duration: 2_316,
    inputs: { message: wish },
    outputs: { message: secondAnswer },
  },
  {
    key: 'decide-2',
    parent: 'turn-2',
    event_type: 'model',
    event_name: 'choose next step',
    startMs: 41_308,
    duration: 804,
    config: model,
    inputs: { chat_history: secondTurn, tools },
    outputs: moveCall,
    metadata: usage(561, 29),
  },
  {
    key: 'move',
    parent: 'turn-2',
    event_type: 'tool',
    event_name: 'change_address',
    startMs: 42_115,
    duration: 433,
    inputs: { order_id: 'F-20871', address: '14 Alder Lane' },
    outputs: moved,
  },
  {
    key: 'answer-2',
    parent: 'turn-2',
    event_type: 'model',
    event_name: 'answer',
    startMs: 42_552,
    duration: 1_060,
    config: model,
    inputs: { chat_history: afterMove },
    outputs: says('assistant', secondAnswer),
    metadata: usage(634, 44),
  },
  {
    key: 'turn-3',
    parent: null,
    event_type: 'chain',
    event_name: 'turn 3: thanks',
    startMs: 58_900,
    duration: 688,
    inputs: { message: thanks },
    outputs: { message: thirdAnswer },
  },
  {
    key: 'answer-3',
    parent: 'turn-3',
    event_type: 'model',
    event_name: 'answer',
    startMs: 58_904,
    duration: 680,
    config: model,
    inputs: { chat_history: thirdTurn },
    outputs: says('assistant', thirdAnswer),
    metadata: usage(702, 24),
  },
];

/** The step that the feedback is about. */
export const ratedStep = 'answer-3';

/** Milliseconds from the first step to the end of the last. */
export const conversationMs = Math.max(...conversation.map((step) => step.startMs + step.duration));
