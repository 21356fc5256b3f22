import { formatCount, formatDuration } from './figures.ts';

/** How far something is that takes long. */
export interface Advance {
  /** From 0 to 1. */
  readonly share: number;
  /** Things done so far, counted for the rate. */
  readonly count: number;
  readonly elapsedMs: number;
  /** Where it was when the time began; @default nothing was done */
  readonly begun?: { readonly share: number; readonly count: number };
}

const nothing = { share: 0, count: 0 };

/** `[██████░░░░░░░░░░░░░░] 30%, 12,345 events, 4,115/s, 7 s left`. */
export function formatAdvance(advance: Advance, noun: string): string {
  const { share, count, elapsedMs, begun = nothing } = advance;
  const part = Math.min(1, Math.max(0, share));
  const rate = elapsedMs > 0 ? Math.round(((count - begun.count) * 1000) / elapsedMs) : 0;
  const words = [`${bar(part)} ${Math.floor(part * 100)}%`, `${formatCount(count)} ${noun}`];
  if (rate > 0) words.push(`${formatCount(rate)}/s`);
  const done = part - begun.share;
  if (done > 0) words.push(`${formatDuration((elapsedMs * (1 - part)) / done)} left`);
  return words.join(', ');
}

const barWidth = 20;

function bar(part: number): string {
  const full = Math.floor(part * barWidth);
  return `[${'█'.repeat(full)}${'░'.repeat(barWidth - full)}]`;
}
