import type { Clock } from './clock.ts';

/**
 * The same answer for everybody who asks at once, and for a while after: a flood of questions costs what one does. What
 * failed is not kept, so that the next one finds out anew.
 *
 * @param keepMs how old an answer may be; 0: only those who ask at once share it
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
