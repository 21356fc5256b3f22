import type { ChatFormat } from '../chat-format.ts';

/** What HoneyHive's own clients and spans write, and what events are often logged with. */
export const honeyhive: ChatFormat = {
  places: {
    history: ['chat_history', 'history'],
    message: ['message'],
    wrapper: ['response', 'output', 'value', 'message'],
  },
};
