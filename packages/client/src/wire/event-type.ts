/** Kinds of event, for use as `EventType.model`. */
export const EventType = {
  /** The root of a session; or a step that the application calls a session. */
  session: 'session',
  /** A call of a model. */
  model: 'model',
  /** A call of a tool or another service. */
  tool: 'tool',
  /** A step that is made of others. */
  chain: 'chain',
} as const;

export type EventType = (typeof EventType)[keyof typeof EventType];
