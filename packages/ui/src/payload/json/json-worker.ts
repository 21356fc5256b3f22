// Reads JSON beside the page. Gets a text; answers how far it is, and at last the columns, which are handed over.
import type { JsonAnswer } from './json-answer.ts';
import { JsonProblem, JsonReader } from './json-reader.ts';

/** Characters read between two messages about the progress. */
const slice = 1_000_000;

const answer = (message: JsonAnswer, transfer: Transferable[] = []) =>
  postMessage(message, { transfer });

function read(text: string): void {
  const reader = new JsonReader(text);
  while (!reader.advance(slice)) answer({ kind: 'progress', offset: reader.offset });
  const { columns } = reader.finish();
  answer(
    { kind: 'done', columns },
    Object.values(columns).map((column: Int32Array<ArrayBuffer>) => column.buffer),
  );
}

addEventListener('message', ({ data }: MessageEvent<string>) => {
  try {
    read(data);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    answer({ kind: 'problem', message: error.message });
  }
});
