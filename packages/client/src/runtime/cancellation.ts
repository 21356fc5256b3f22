/** Cancels the work on a call. `AbortSignal` implements it. */
export interface Cancellation {
  readonly aborted: boolean;
  /** Why: to be thrown as it is. */
  readonly reason: unknown;
  addEventListener(type: 'abort', run: () => void, options?: { readonly once: boolean }): void;
  removeEventListener(type: 'abort', run: () => void): void;
}

/**
 * Cancels one call. An `AbortController` costs twenty times as much, and has to be made within a request on some
 * platforms.
 */
export class Canceller implements Cancellation {
  #isAborted = false;
  #reason: unknown;
  /** Most calls have one. */
  #listener: (() => void) | null = null;
  #others: Set<() => void> | null = null;

  get aborted(): boolean {
    return this.#isAborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** Only the first time counts. */
  abort(reason: unknown): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    this.#reason = reason;
    this.#listener?.();
    for (const run of this.#others ?? []) run();
  }

  addEventListener(_type: 'abort', run: () => void): void {
    if (this.#listener === null) this.#listener = run;
    else (this.#others ??= new Set()).add(run);
  }

  removeEventListener(_type: 'abort', run: () => void): void {
    if (this.#listener === run) this.#listener = null;
    else this.#others?.delete(run);
  }
}

/** Of calls that the caller cannot cancel. */
export const neverCancelled: Cancellation = {
  aborted: false,
  reason: undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};
