/** For the order of a queue: the next one runs whether this one succeeded or failed. */
export const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => undefined,
    () => undefined,
  );

/**
 * What the work comes to, or the reason of the signal as soon as it is aborted.
 *
 * @param cancel called once when the signal is aborted; the work is still running then
 */
export async function orAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  cancel: () => void,
): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
