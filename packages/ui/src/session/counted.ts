import { formatNoun } from '../format/number.ts';
import { sessionText } from '../text/session.ts';

/** `3 errors`. */
export const countErrors = (count: number): string => formatNoun(count, sessionText.error);

/** `812 events`. */
export const countEvents = (count: number): string => formatNoun(count, sessionText.event);
