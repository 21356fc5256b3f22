const loneSurrogate = /\p{Surrogate}/u;

/** Whether a text can be written as UTF-8: half a surrogate pair, as cutting a text may leave behind, cannot. */
export const isWellFormed = (text: string): boolean => !loneSurrogate.test(text);

/** The text with U+FFFD in the place of each half of a surrogate pair. */
export const toWellFormed = (text: string): string =>
  isWellFormed(text) ? text : text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
