import { rangeText } from '../text/range.ts';

const isPreset = (text: string): text is keyof typeof rangeText.presets =>
  text in rangeText.presets;

/** `Last 24 hours` of `24h`; null of what is none of the presets. */
export const nameRange = (text: string): string | null =>
  isPreset(text) ? `${rangeText.last} ${rangeText.presets[text]}` : null;
