export type Thumb = 'up' | 'down';

/** Words for a thumb, as clients write them. */
const thumbs = new Map<string, Thumb>([
  ...['true', 'up', 'thumbs_up', 'positive', 'good'].map((word) => [word, 'up'] as const),
  ...['false', 'down', 'thumbs_down', 'negative', 'bad'].map((word) => [word, 'down'] as const),
]);

/** The thumb that a word in a feedback stands for, in any case; null for another word. */
export const thumbOf = (word: string): Thumb | null => thumbs.get(word.toLowerCase()) ?? null;
