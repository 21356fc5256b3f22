import { limits } from 'honeyhive-wire';
import { Problem } from '../domain/problem.ts';

/** Who holds a stream. */
export interface StreamHolder {
  /** Key, or sign-in, that it was opened with. */
  readonly key: string;
  readonly projectId: string;
}

/** Why another stream is refused. */
export interface StreamRefusal {
  readonly by: 'key' | 'project' | 'all';
  readonly problem: Problem;
}

/** Whether a holder may open another stream beside those that are open; null when it may. */
export function findStreamRefusal(
  open: readonly StreamHolder[],
  { key, projectId }: StreamHolder,
): StreamRefusal | null {
  const ofKey = open.filter((each) => each.key === key).length;
  const ofProject = open.filter((each) => each.projectId === projectId).length;
  if (ofKey >= limits.streamsOfKey)
    return refuse('key', `This key has ${ofKey} streams open, as many as it may. Close one.`);
  if (ofProject >= limits.streamsOfProject)
    return refuse('project', `${ofProject} streams of this project are open, as many as may be.`);
  if (open.length >= limits.streams) return refuse('all', 'Too many streams are open.');
  return null;
}

const refuse = (by: StreamRefusal['by'], message: string): StreamRefusal => ({
  by,
  problem: new Problem(by === 'all' ? 'unavailable' : 'rate_limited', message, { retryAfter: 5 }),
});
