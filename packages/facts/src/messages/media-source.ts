import type { MediaSource } from './message.ts';

/** The types of images that are shown. Not SVG: it can hold scripts and refer to other hosts. */
const thumbnailTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

const dataUri = /^data:([\w.+-]+\/[\w.+-]+)((?:;[\w-]+=[^;,]*)*)(;base64)?,/i;

/** The type, whether it is base64, and where the data begin; null for what is no `data:` address with a type. */
export function readDataUri(
  uri: string,
): { mediaType: string; isBase64: boolean; dataStart: number } | null {
  const match = dataUri.exec(uri.slice(0, 256));
  if (!match) return null;
  return {
    mediaType: (match[1] ?? '').toLowerCase(),
    isBase64: match[3] !== undefined,
    dataStart: match[0].length,
  };
}

/** Whether a `data:` address may stand in an image element: one of four types of pixels, in base64. */
export function isThumbnail(uri: string): boolean {
  const data = readDataUri(uri);
  return data !== null && data.isBase64 && thumbnailTypes.includes(data.mediaType);
}

/** Types of sounds that browsers play. */
const soundTypes = /^audio\/(wav|x-wav|mpeg|mp3|mp4|aac|ogg|webm|flac)$/;

/** Whether a `data:` address may stand in an audio element: a sound in base64. */
export function isSound(uri: string): boolean {
  const data = readDataUri(uri);
  return data !== null && data.isBase64 && soundTypes.test(data.mediaType);
}

/** An address as the source that it is. Only http and https are addresses of something elsewhere. */
export function toMediaSource(address: string): MediaSource {
  if (/^data:/i.test(address)) return { kind: 'data', uri: address };
  if (/^https?:\/\//i.test(address)) return { kind: 'remote', url: address };
  return { kind: 'reference', id: address };
}

/** Base64 with its type as a source. */
export function toDataSource(mediaType: string | null, base64: string): MediaSource {
  if (/^(data:|https?:\/\/)/i.test(base64)) return toMediaSource(base64);
  return { kind: 'data', uri: `data:${mediaType ?? 'application/octet-stream'};base64,${base64}` };
}

/** How many bytes base64 characters stand for. */
export function base64Bytes(length: number, padding = 0): number {
  return Math.max(0, Math.floor((length * 3) / 4) - padding);
}

/** How many bytes a `data:` address holds; of one without base64, its characters. */
export function bytesOfDataUri(uri: string): number {
  const data = readDataUri(uri);
  if (!data) return uri.length;
  const length = uri.length - data.dataStart;
  if (!data.isBase64) return length;
  return base64Bytes(length, uri.endsWith('==') ? 2 : Number(uri.endsWith('=')));
}
