import { rangeText } from '../text/range.ts';

const isPreset = (text: string): text is keyof typeof rangeText.presets =>
  text in rangeText.presets;

/** `Last 24 hours` for `24h`; null if it is not a preset. */
export const nameRange = (text: string): string | null =>
  isPreset(text) ? `${rangeText.last} ${rangeText.presets[text]}` : null;
