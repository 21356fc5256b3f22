import type { Answer } from 'honeyhive-testkit';
import { waitUntil } from './wait-until.ts';

/** The answers that were not 200. */
export interface Refusals {
  readonly note: (answer: Answer) => void;
  readonly count: () => number;
  /** Resolves when there is a further one. */
  readonly next: () => Promise<void>;
  /** Those that were not `503` with `retry-after` and a message of the contract, as sentences. */
  readonly wrong: () => string[];
}

export function collectRefusals(): Refusals {
  const refused: Answer[] = [];
  const isRight = ({ status, headers, body }: Answer): boolean =>
    status === 503 &&
    Number(headers['retry-after']) >= 1 &&
    (body as { errorCode?: unknown } | undefined)?.errorCode === 'unavailable';
  return {
    note: (answer) => void (answer.status === 200 || refused.push(answer)),
    count: () => refused.length,
    async next() {
      const before = refused.length;
      await waitUntil(
        () => refused.length > before,
        () => 'no request was refused',
      );
    },
    wrong: () =>
      refused
        .filter((answer) => !isRight(answer))
        .map(({ status, text }) => `${status} ${text.slice(0, 500)}`),
  };
}
