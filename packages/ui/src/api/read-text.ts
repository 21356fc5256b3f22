import { basePath } from '../state/base-path.ts';
import { askPath } from './client.ts';

export interface ReadTextOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Asks the service for what the page reads itself: the client would parse it, and numbers would lose digits.
 *
 * @param path from the base path on, with its query
 * @throws what the client throws for the same answer
 */
export async function requestText(
  path: string,
  { headers = {}, signal }: ReadTextOptions,
): Promise<Response> {
  const response = await fetch(`${basePath}${path}`, {
    headers,
    credentials: 'same-origin',
    signal,
  });
  // Of nothing there is no first byte: that is the answer to a range, and no failure.
  if (response.ok || response.status === 416) return response;
  // The client knows what each error means; it asks again, and is refused in the same way.
  await askPath('GET', path, { signal });
  throw new Error(`The service answered ${response.status}.`);
}
