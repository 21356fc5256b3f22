import { formatDuration } from './figures.ts';
import type { Terminal } from './terminal.ts';

const quietForMs = 2_000;
const tickMs = 200;
const repeatMs = 10_000;

/** Changes what the progress line says: `stored 400 of 1,000`. */
export type Report = (state: string) => void;

/**
 * Does `work`; when it takes longer than two seconds, says so on standard error: as one line that is overwritten when
 * a person watches, else as a new line every ten seconds.
 */
export async function withProgress<Result>(
  terminal: Terminal,
  label: string,
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  let state = '';
  let nextMs = quietForMs;
  let isShown = false;
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs < nextMs) return;
    const line = `${label}${state === '' ? '' : `: ${state}`} … ${Math.floor(elapsedMs / 1000)} s`;
    terminal.note(terminal.isInteractive ? `\r\u001B[K${line}` : `${line}\n`);
    nextMs = terminal.isInteractive ? elapsedMs : elapsedMs + repeatMs;
    isShown = true;
  }, tickMs);
  try {
    return await work((next) => void (state = next));
  } finally {
    clearInterval(timer);
    const total = `${label}: ${formatDuration(performance.now() - startedAt)}`;
    if (isShown) terminal.note(`${terminal.isInteractive ? '\r\u001B[K' : ''}${total}\n`);
  }
}
