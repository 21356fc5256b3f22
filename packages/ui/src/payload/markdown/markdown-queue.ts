import type { MarkdownAnswer } from './markdown-answer.ts';
import type { MarkdownObstacle, MarkdownReading } from './markdown.ts';

/** The longest text that is read takes a fraction of it, on a busy machine too, unless it is made to be slow. */
const longestReadingMs = 3000;

interface Job {
  readonly text: string;
  readonly onRead: (reading: MarkdownReading) => void;
}

const refusal = (obstacle: MarkdownObstacle): MarkdownReading => ({ kind: 'refused', obstacle });

/**
 * Reads texts as markdown in a worker, one at a time and each within a time limit: the page never waits. A worker that
 * exceeds the limit is terminated, and the next text gets a new one.
 */
export class MarkdownQueue {
  #waiting: Job[] = [];
  #current: Job | null = null;
  #worker: Worker | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Returns how to give up: a text that is being read already is read to its end. */
  read(text: string, onRead: (reading: MarkdownReading) => void): () => void {
    const job = { text, onRead };
    this.#waiting.push(job);
    this.#next();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== job);
    };
  }

  #next(): void {
    if (this.#current !== null) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#current = job;
    this.#worker ??= this.#start();
    this.#worker.postMessage(job.text);
  }

  #start(): Worker {
    const worker = new Worker(new URL('markdown-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<MarkdownAnswer>) => {
      if (worker !== this.#worker) return;
      if (data.kind === 'done') this.#finish(data.reading);
      else this.#timer = setTimeout(() => this.#abandon('slow'), longestReadingMs);
    });
    worker.addEventListener('error', () => {
      if (worker === this.#worker) this.#abandon('unreadable');
    });
    return worker;
  }

  #abandon(obstacle: MarkdownObstacle): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#finish(refusal(obstacle));
  }

  #finish(reading: MarkdownReading): void {
    clearTimeout(this.#timer);
    const job = this.#current;
    this.#current = null;
    job?.onRead(reading);
    this.#next();
  }
}
