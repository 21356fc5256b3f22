import type { Dispatcher } from 'undici';
import type { Cancellation } from '../runtime/cancellation.ts';
import type { WireResponse } from '../wire/pipeline.ts';

/** Text, without the mark that some servers put in front of it. */
const decoder = /* @__PURE__ */ new TextDecoder();

/**
 * Sends one request over a connection of undici, and reads its response to the end.
 *
 * Does what `request` of undici and `text` of its body do, without the stream between them, and without
 * an `AbortSignal` for each request. Rejects with the signal's reason as soon as that aborts.
 */
export const exchange = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: Cancellation,
): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else dispatcher.dispatch(options, new Exchange(signal, { resolve, reject }));
  });

/** The outcome of an exchange; the first call counts. */
interface Settle {
  resolve(response: WireResponse): void;
  reject(reason: unknown): void;
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: Cancellation;
  readonly #settle: Settle;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: Readonly<Record<string, string | string[] | undefined>> = {};
  readonly #parts: Uint8Array[] = [];

  constructor(signal: Cancellation, settle: Settle) {
    this.#signal = signal;
    this.#settle = settle;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** undici reports a request only once it has a connection: one that waits for that is not waited for. */
  readonly #onAbort = (): void => {
    this.#settle.reject(this.#signal.reason);
    this.#controller?.abort(toError(this.#signal.reason));
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(toError(this.#signal.reason));
  }

  onResponseStart(...[, status, headers]: OnResponseStart): void {
    // 1xx: the response comes later.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Uint8Array): void {
    this.#parts.push(part);
  }

  onResponseEnd(): void {
    this.#leave();
    const body = decoder.decode(this.#parts.length === 1 ? this.#parts[0] : join(this.#parts));
    this.#settle.resolve({ status: this.#status, headers: toText(this.#headers), body });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#leave();
    this.#settle.reject(error);
  }

  #leave(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

type OnResponseStart = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>;

const toError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error('aborted', { cause: reason });

const join = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

function toText(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const text: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) text[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return text;
}
