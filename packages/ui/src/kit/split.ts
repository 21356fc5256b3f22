/** Where a splitter stands, percent, and how far it may go. */
export interface Split {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly orientation: 'vertical' | 'horizontal';
}

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
}

/**
 * Where a key moves a splitter: arrows by 2 percent, with Shift by 10, Home and End to the ends; null for other keys.
 */
export function stepSplit(
  { key, shiftKey }: Key,
  { value, min, max, orientation }: Split,
): number | null {
  if (key === 'Home') return min;
  if (key === 'End') return max;
  const [back, forth] =
    orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key !== back && key !== forth) return null;
  const step = shiftKey ? 10 : 2;
  return Math.min(max, Math.max(min, value + (key === forth ? step : -step)));
}
