import { startTransition, useEffect, useMemo, useState } from 'react';
import type { MarkdownReading } from './markdown.ts';
import { MarkdownQueue } from './markdown-queue.ts';
import { ReadBudget } from './read-budget.ts';
import { ReadingCache } from './reading-cache.ts';

/** Longer texts are shown as they are. */
export const longestMarkdown = 150 * 1024;
/** Texts that the page reads itself: a worker would show them as plain text first, for a moment. */
const longestAtOnce = 2000;

const tooLong: MarkdownReading = { kind: 'refused', obstacle: 'long' };
const queue = new MarkdownQueue();
const cache = new ReadingCache();
const budget = new ReadBudget((run) => setTimeout(run));

let reader: typeof import('./read-markdown.ts') | null = null;
let loading: Promise<void> | null = null;

/** Loads what reads short texts. When that fails, the worker reads them. */
const loadReader = (): Promise<void> =>
  (loading ??= import('./read-markdown.ts')
    .then((loaded) => {
      reader = loaded;
    })
    .catch(() => {
      loading = null;
    }));

/** A text as markdown; null while it is being read. No text keeps the page from answering. */
export function useMarkdown(text: string): MarkdownReading | null {
  const atOnce = useMemo(() => readAtOnce(text), [text]);
  const [later, setLater] = useState<{ text: string; reading: MarkdownReading } | null>(null);
  useEffect(() => {
    if (atOnce !== null) return;
    return readLater(text, (reading) => {
      cache.set(text, reading);
      startTransition(() => setLater({ text, reading }));
    });
  }, [atOnce, text]);
  return atOnce ?? (later?.text === text ? later.reading : null);
}

function readAtOnce(text: string): MarkdownReading | null {
  if (text.length > longestMarkdown) return tooLong;
  const known = cache.get(text);
  if (known !== null || reader === null || !isShort(text) || !budget.grant(text.length)) {
    return known;
  }
  const reading = reader.readMarkdown(text);
  cache.set(text, reading);
  return reading;
}

const isShort = (text: string): boolean => text.length <= longestAtOnce;

/** Returns how to give up. */
function readLater(text: string, onRead: (reading: MarkdownReading) => void): () => void {
  if (!isShort(text) || reader !== null) return queue.read(text, onRead);
  let giveUp: (() => void) | null = null;
  let isGivenUp = false;
  void loadReader().then(() => {
    if (isGivenUp) return;
    const reading = readAtOnce(text);
    if (reading === null) giveUp = queue.read(text, onRead);
    else onRead(reading);
  });
  return () => {
    isGivenUp = true;
    giveUp?.();
  };
}
