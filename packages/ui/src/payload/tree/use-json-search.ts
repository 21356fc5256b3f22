import { useEffect, useState } from 'react';
import type { JsonDocument } from '../json/json-document.ts';
import { searchJson, type JsonHit } from '../json/json-search.ts';

/** Values looked at before the page gets its turn. */
const valuesPerSlice = 50_000;
const none: readonly JsonHit[] = [];

/** Where a document holds a text; grows while it is being searched. */
export function useJsonSearch(document: JsonDocument, text: string): readonly JsonHit[] {
  const [found, setFound] = useState<{ key: unknown; hits: readonly JsonHit[] } | null>(null);
  const key = `${text}`;
  useEffect(() => {
    const search = searchJson(document, key);
    let timer = 0;
    const advance = () => {
      const isDone = search.advance(valuesPerSlice);
      setFound({ key, hits: [...search.hits] });
      if (!isDone) timer = window.setTimeout(advance);
    };
    timer = window.setTimeout(advance);
    return () => window.clearTimeout(timer);
  }, [document, key]);
  return found?.key === key ? found.hits : none;
}
