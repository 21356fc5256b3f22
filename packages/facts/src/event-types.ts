/** Types of event. A session event is the root of its session. */
export const eventTypes = ['session', 'model', 'tool', 'chain'] as const;

export type EventType = (typeof eventTypes)[number];
