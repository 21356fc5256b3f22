import { spellInvisible } from '../format/invisible.ts';
import { kitText } from '../text/kit.ts';

/** White space, and what takes no room, such as joiners and fillers. */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** A text of senders within a line: characters that are invisible, or turn what follows, are spelled out. */
export const showText = (text: string): string => spellInvisible(text);

/** The same of a name, with words for one that shows nothing. */
export function showName(name: string): string {
  const shown = showText(name);
  return blank.test(shown) ? kitText.unnamed : shown;
}
