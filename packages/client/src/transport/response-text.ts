/**
 * The largest page of events, each of the largest size usual, with room to spare; bounds what a broken server can make
 * us hold.
 */
export const maxResponseBytes = 512 * 1024 * 1024;

/** A response that is larger than {@link maxResponseBytes}; the code is that of undici for the same. */
export class ResponseTooLarge extends Error {
  readonly code = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
}

/**
 * The body as text, read part by part.
 *
 * @param onPart called for each part
 */
export async function readText(response: Response, onPart: () => void): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let byteCount = 0;
  for await (const part of partsOf(response.body)) {
    onPart();
    byteCount += part.byteLength;
    if (byteCount > maxResponseBytes) throw new ResponseTooLarge('the response is too large');
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** Not every browser can iterate over a stream. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Frees the connection when the rest is not wanted; what is broken already has nothing to free.
    await reader.cancel().catch(() => undefined);
  }
}
