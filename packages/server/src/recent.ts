import type { Clock } from './clock.ts';

/**
 * Shares one result between concurrent callers, and for a while after: a flood of calls costs as much as one. Failures
 * are not cached, so that the next call retries.
 *
 * @param keepMs maximum age of a result; 0: only concurrent callers share it
 */
export function shareRecent<Answer>(
  read: () => Promise<Answer>,
  { keepMs, clock }: { readonly keepMs: number; readonly clock: Pick<Clock, 'monotonicMs'> },
): () => Promise<Answer> {
  let kept: { readonly answer: Answer; readonly until: number } | null = null;
  let reading: Promise<Answer> | null = null;
  const readNow = async (): Promise<Answer> => {
    const answer = await read();
    kept = { answer, until: clock.monotonicMs() + keepMs };
    return answer;
  };
  return () => {
    if (kept !== null && kept.until > clock.monotonicMs()) return Promise.resolve(kept.answer);
    reading ??= readNow().finally(() => {
      reading = null;
    });
    return reading;
  };
}
