/** Bounds of what may wait or be in flight. */
export interface QueueBounds {
  readonly maxQueueEvents: number;
  readonly maxQueueBytes: number;
}

/** What waits or is in flight. */
export interface QueueLoad {
  readonly events: number;
  readonly bytes: number;
}

/** `too_large`: it would not fit into an empty queue. */
export type Admission = 'fits' | 'full' | 'too_large';

/** Whether an event fits into the queue. */
export function decideAdmission(load: QueueLoad, bytes: number, bounds: QueueBounds): Admission {
  if (bytes > bounds.maxQueueBytes) return 'too_large';
  const hasRoom = load.events < bounds.maxQueueEvents && load.bytes + bytes <= bounds.maxQueueBytes;
  return hasRoom ? 'fits' : 'full';
}

/** Callers that wait for `accepted` may be this much ahead; what others log beyond it is dropped. */
const overdraft = 2;

/** How far the queue may go beyond its bounds when callers are asked to wait. */
export const withOverdraft = ({ maxQueueEvents, maxQueueBytes }: QueueBounds): QueueBounds => ({
  maxQueueEvents: maxQueueEvents * overdraft,
  maxQueueBytes: maxQueueBytes * overdraft,
});
