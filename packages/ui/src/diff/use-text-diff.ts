import { useEffect, useState } from 'react';
import type { TextDiff } from './text-diff.ts';

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly diff: TextDiff;
}

/** Compares two texts in a worker, for that takes as long as they differ. Null as long as it has not ended. */
export function useTextDiff(before: string, after: string): TextDiff | null {
  const [compared, setCompared] = useState<Compared | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL('diff-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<TextDiff>) => {
      setCompared({ before, after, diff: data });
      worker.terminate();
    });
    worker.postMessage({ before, after });
    return () => worker.terminate();
  }, [before, after]);
  return compared?.before === before && compared.after === after ? compared.diff : null;
}
