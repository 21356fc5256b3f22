import { nearestName } from 'honeyhive-facts';

/** Says that there is no such option, and which one was probably meant. */
export function unknownName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return `${name} is not an option${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}
