import { useEffect, useMemo, useState } from 'react';
import { wholeBytes } from '../size-ladder.ts';
import type { JsonAnswer } from './json-answer.ts';
import { JsonDocument } from './json-document.ts';
import { JsonProblem, readJson } from './json-reader.ts';

/** A text on its way to being a document. */
export type JsonReading =
  | { kind: 'ready'; document: JsonDocument }
  /** Percent that has been read. */
  | { kind: 'reading'; percent: number }
  /** It is no JSON: why. */
  | { kind: 'problem'; message: string };

const begun: JsonReading = { kind: 'reading', percent: 0 };

/** Reads JSON: at once up to 256 KB, beyond that in a worker. */
export function useJsonDocument(text: string): JsonReading {
  const isShort = text.length <= wholeBytes;
  const read = useMemo(() => (isShort ? readAtOnce(text) : null), [isShort, text]);
  const [worked, setWorked] = useState({ text: '', reading: begun });
  useEffect(() => {
    if (isShort) return;
    return readInWorker(text, (reading) => setWorked({ text, reading }));
  }, [isShort, text]);
  return read ?? (worked.text === text ? worked.reading : begun);
}

function readAtOnce(text: string): JsonReading {
  try {
    return { kind: 'ready', document: readJson(text) };
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    return { kind: 'problem', message: error.message };
  }
}

/** Returns how to give up. */
function readInWorker(text: string, onReading: (reading: JsonReading) => void): () => void {
  const worker = new Worker(new URL('json-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<JsonAnswer>) => {
    onReading(toReading(text, data));
    if (data.kind !== 'progress') worker.terminate();
  });
  worker.addEventListener('error', ({ message }) => onReading({ kind: 'problem', message }));
  worker.postMessage(text);
  return () => worker.terminate();
}

function toReading(text: string, answer: JsonAnswer): JsonReading {
  switch (answer.kind) {
    case 'progress':
      return { kind: 'reading', percent: Math.floor((answer.offset * 100) / text.length) };
    case 'done':
      return { kind: 'ready', document: new JsonDocument(text, answer.columns) };
    case 'problem':
      return answer;
  }
}
