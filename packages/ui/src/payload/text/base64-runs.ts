import { base64Bytes, readDataUri } from 'honeyhive-facts/messages';

/** Base64 within a text that nobody reads as text. */
export interface Base64Run {
  /** Offset of its first character, that of `data:` if it is an address. */
  start: number;
  /** Offset behind its last character. */
  end: number;
  /** What it holds, as it says or as its first bytes tell; null when neither does. */
  mediaType: string | null;
  /** How many bytes it stands for. */
  bytes: number;
}

/** Shorter ones may be keys, hashes, words. */
export const shortestRun = 2048;

const alphabet = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  alphabet[character.charCodeAt(0)] = 1;
}

/** First characters of base64 → what begins with these bytes. */
const signatures: [prefix: string, mediaType: string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['JVBERi0', 'application/pdf'],
  ['UEsDB', 'application/zip'],
  ['H4sI', 'application/gzip'],
  ['SUQz', 'audio/mpeg'],
  ['T2dnUw', 'audio/ogg'],
  ['PHN2Zy', 'image/svg+xml'],
];

/** What a search came to: the first run, if there is one, and how far the text was looked at. */
export interface Base64Search {
  run: Base64Run | null;
  end: number;
}

/** Looks for a run that begins in a stretch of a text; one that reaches beyond the stretch is followed to its end. */
export function findBase64Run(text: string, from: number, until: number): Base64Search {
  let start = from;
  let at = from;
  for (; at <= text.length; at += 1) {
    if (at < text.length && alphabet[text.charCodeAt(at)] === 1) continue;
    if (at - start >= shortestRun && isMixed(text, start, at)) {
      const run = toRun(text, { from, start, end: at });
      return { run, end: run.end };
    }
    if (at >= until) break;
    start = at + 1;
  }
  return { run: null, end: Math.min(at, text.length) };
}

/** Data have capitals, small letters and digits within the first hundreds; a long word or a line of dashes has not. */
function isMixed(text: string, start: number, end: number): boolean {
  const sample = text.slice(start, Math.min(end, start + shortestRun));
  return /[A-Z]/.test(sample) && /[a-z]/.test(sample) && /[0-9]/.test(sample);
}

/** The longest `data:` prefix that is looked for. */
const longestPrefix = 128;

/** `from`: where the text begins that is not taken by what stands before. */
function toRun(
  text: string,
  { from, start, end }: { from: number; start: number; end: number },
): Base64Run {
  const padding = /^={0,2}/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  const head = text.slice(Math.max(from, start - longestPrefix), start);
  const prefixAt = head.lastIndexOf('data:');
  const prefix = prefixAt < 0 ? '' : head.slice(prefixAt);
  const data = readDataUri(prefix);
  const isAddress = data !== null && data.isBase64 && data.dataStart === prefix.length;
  const sniffed = signatures.find(([signature]) => text.startsWith(signature, start))?.[1] ?? null;
  return {
    start: isAddress ? start - prefix.length : start,
    end: end + padding,
    mediaType: isAddress ? data.mediaType : sniffed,
    bytes: base64Bytes(end - start + padding, padding),
  };
}
