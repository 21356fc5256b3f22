import type { SentEvent } from './conversation-sender.ts';

const subjects = [
  'a parcel',
  'an invoice',
  'a wilted fern',
  'a voucher',
  'a return',
  'a large pot',
];
const moods = ['calm', 'puzzled', 'in a hurry', 'cheerful', 'annoyed'];
const filler =
  'The assistant read the ticket, looked up what the customer bought before, compared it with the help articles, wrote a draft, and checked the draft against the rules for tone and length. ';

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

function modelCall(index: number) {
  const prompt = 200 + (index % 300);
  const completion = 20 + (index % 90);
  return {
    event_type: 'model',
    event_name: 'draft reply',
    config: { provider: 'openai', model: 'gpt-4o-mini' },
    inputs: {
      chat_history: [
        {
          role: 'user',
          content: `Ticket ${index}: a ${pick(moods, index)} customer, ${pick(subjects, index)}.`,
        },
      ],
      notes: filler.repeat(3),
    },
    outputs: { role: 'assistant', content: `Reply ${index} – ça va, 你好, 🌿` },
    metadata: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      cost: Number(((prompt + 4 * completion) * 0.15e-6).toFixed(8)),
    },
  };
}

function toolCall(index: number) {
  return {
    event_type: 'tool',
    event_name: 'look_up_customer',
    inputs: { customer: `customer_${index}`, fields: ['orders', 'plan'], note: filler.repeat(3) },
    outputs: { orders: index % 7, plan: index % 2 === 0 ? 'plus' : 'free', balance: index / 100 },
    ...(index % 50 === 22 ? { error: `CustomerNotFound: customer_${index}` } : {}),
  };
}

function chain(index: number) {
  return {
    event_type: 'chain',
    event_name: `ticket ${index}`,
    inputs: { ticket: index, subject: pick(subjects, index), text: filler.repeat(3) },
    outputs: { closed: true, tags: [pick(moods, index), null, {}] },
  };
}

/** Where the events of a batch belong. */
export interface BatchPlace {
  readonly sessionId: string;
  /** When the last one ended, epoch milliseconds. */
  readonly now: number;
  readonly newId: () => string;
}

/**
 * Events of about 1 KB: tickets as chains, each with three parts. All have ids, so that each can be asked for again.
 */
export function makeBatchEvents(count: number, place: BatchPlace): SentEvent[] {
  const events: SentEvent[] = [];
  let parentId = place.sessionId;
  for (let index = 0; index < count; index++) {
    const isChain = index % 4 === 0;
    const eventId = place.newId();
    const made = isChain ? chain(index) : index % 4 === 2 ? toolCall(index) : modelCall(index);
    events.push({
      ...made,
      event_id: eventId,
      session_id: place.sessionId,
      parent_id: isChain ? place.sessionId : parentId,
      start_time: place.now - (count - index) * 5,
      duration: 3 + (index % 40) / 8,
      source: 'demo',
    });
    if (isChain) parentId = eventId;
  }
  return events;
}
