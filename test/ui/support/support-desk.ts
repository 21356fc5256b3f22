import type { OwnProject } from '../../conformance/own-project.ts';

export interface SupportDesk {
  /** Sessions, a minute apart, the last one a minute before `now`. */
  readonly sessions: number;
  /** Epoch milliseconds. Default: the clock's. */
  readonly now?: number;
}

const questions = [
  'Where is my order 1042? It was to come on Monday.',
  'I was charged twice for the same subscription, please refund one of the payments.',
  'How do I export my invoices of last year as PDF?',
  'The app says “invalid token” when I sign in with my company account.',
  'Can I change the delivery address after the parcel has left?',
] as const;

const answers = [
  'It left our warehouse this morning and arrives tomorrow before noon.',
  'I have refunded the second payment; it takes two to three working days.',
  'Under Billing, choose “Invoices”, then the year, then “Download all”.',
  'Your company signs in with a new provider. Please sign out and in again.',
  'Until the parcel reaches the depot in your town, yes: I have sent you a link.',
] as const;

const models = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4'] as const;
const tiers = ['free', 'pro', 'enterprise'] as const;

const pick = <Item>(list: readonly Item[], index: number): Item => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
};

/** Every seventh session fails in its tool. */
export const isFailing = (index: number): boolean => index % 7 === 3;

/** What a support desk sends of one session: the root, a tool call and a model call. */
function sessionEvents(index: number, start: number): object[] {
  const session_id = `session-${String(index).padStart(5, '0')}`;
  const duration = 600 + ((index * 379) % 5_200);
  const common = { session_id, source: index % 4 === 0 ? 'staging' : 'production' };
  return [
    {
      ...common,
      event_id: session_id,
      event_type: 'session',
      event_name: pick(['support-chat', 'order-status', 'billing-question'], index),
      start_time: start,
      duration,
      inputs: { question: pick(questions, index) },
      outputs: { answer: pick(answers, index) },
      user_properties: { user_id: `user-${index % 23}` },
      metadata: { tier: pick(tiers, index), 'my key': index % 2 === 0 ? 'even' : 'odd' },
    },
    {
      ...common,
      event_id: `${session_id}-tool`,
      parent_id: session_id,
      event_type: 'tool',
      event_name: 'search_docs',
      start_time: start + 20,
      duration: 180 + (index % 90),
      error: isFailing(index) ? 'TimeoutError: the index did not answer within 5 s' : null,
      inputs: { query: pick(questions, index), limit: 5 },
      outputs: { documents: [{ title: 'Delivery times', score: 0.82 }] },
    },
    {
      ...common,
      event_id: `${session_id}-model`,
      parent_id: session_id,
      event_type: 'model',
      event_name: 'answer',
      start_time: start + 300,
      duration: duration - 350,
      config: { model: pick(models, index), provider: 'openai' },
      inputs: { messages: [{ role: 'user', content: pick(questions, index) }] },
      outputs: { role: 'assistant', content: pick(answers, index) },
      metadata: {
        prompt_tokens: 420 + (index % 300),
        completion_tokens: 60 + (index % 80),
        cost: 0.0021 + (index % 9) / 1_000,
      },
    },
  ];
}

/** Fills a project with what a support desk did: the first session is the oldest. */
export async function fillSupportDesk(
  project: Pick<OwnProject, 'api'>,
  { sessions, now = Date.now() }: SupportDesk,
): Promise<void> {
  const minute = 60_000;
  const all = Array.from({ length: sessions }, (_each, index) =>
    sessionEvents(index, now - (sessions - index) * minute),
  );
  for (let first = 0; first < all.length; first += 500) {
    const events = all.slice(first, first + 500).flat();
    await project.api.ok('createEventBatch', { body: { events } });
  }
}
