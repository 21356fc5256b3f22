import type { EventPart } from 'honeyhive-wire';
import { basePath } from '../state/base-path.ts';
import { requestText } from './read-text.ts';

/** Which part of which event. */
export interface PartAddress {
  readonly project: string;
  readonly eventId: string;
  readonly part: EventPart;
}

/** JSON text of a part, or the beginning of it. */
export interface PartContent {
  readonly text: string;
  /** How much of it was loaded, bytes. */
  readonly loadedBytes: number;
  /** How much there is, bytes. */
  readonly totalBytes: number;
}

export interface ReadPartOptions {
  readonly signal: AbortSignal;
  /** Decides, from how much there is, how much to load; both bytes. */
  readonly limit: (totalBytes: number) => number;
  /** Hears how much has come, bytes. */
  readonly onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

/** What is asked for first: enough for most parts to come in one answer. */
const firstBytes = 1024 * 1024;

const pathOf = ({ project, eventId, part }: PartAddress): string =>
  `/v1/explore/events/${encodeURIComponent(eventId)}/parts/${part}?project=${encodeURIComponent(project)}`;

/** Address of a part as a file to save. */
export const downloadHref = (address: PartAddress): string =>
  `${basePath}${pathOf(address)}&download=1`;

/**
 * Reads the text of a part as the service sends it: parsed by the client, its numbers would lose digits. A long one
 * comes in two requests, the second of them only as far as `limit` wants.
 */
export async function readPart(
  address: PartAddress,
  { signal, limit, onProgress }: ReadPartOptions,
): Promise<PartContent> {
  const first = await requestRange(address, `bytes=0-${firstBytes - 1}`, signal);
  let bytes = await readBody(first, { before: 0, onProgress });
  const totalBytes = totalOf(first) ?? bytes.length;
  const wanted = Math.min(totalBytes, limit(totalBytes));
  if (wanted < bytes.length) bytes = bytes.subarray(0, wanted);
  if (wanted > bytes.length) {
    const rest = await requestRange(address, `bytes=${bytes.length}-${wanted - 1}`, signal);
    // An event that changed meanwhile comes as a whole.
    const before = rest.status === 206 ? bytes.length : 0;
    bytes = join(bytes.subarray(0, before), await readBody(rest, { before, onProgress }));
  }
  // A character that the limit cut in two is left out.
  const text = new TextDecoder().decode(bytes, { stream: bytes.length < totalBytes });
  return { text, loadedBytes: bytes.length, totalBytes };
}

const requestRange = (address: PartAddress, range: string, signal: AbortSignal) =>
  requestText(pathOf(address), { headers: { range }, signal });

/** Of `bytes 0-99/1234`. */
function totalOf(response: Response): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

async function readBody(
  response: Response,
  { before, onProgress }: { before: number; onProgress: ReadPartOptions['onProgress'] },
): Promise<Uint8Array> {
  if (response.status === 416 || !response.body) return new Uint8Array();
  const total = totalOf(response) ?? Number(response.headers.get('content-length'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    length += read.value.length;
    onProgress?.(before + length, Math.max(total, before + length));
  }
  return join(...chunks);
}

function join(...chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
