import { cell, ring } from '../cells.ts';
import type { Tell } from '../messages.ts';
import { pack } from '../pack.ts';
import type { Setup } from '../setup.ts';

/**
 * Proxy in the worker for an object of the caller's thread, such as a logger: calls are forwarded without waiting.
 *
 * A method returns another proxy; methods called on that are called on the result.
 */
export function createRemoteObjects({ port, cells }: Setup) {
  let lastResult = 0;
  const tell = (target: string, method: string | null, args: readonly unknown[]): unknown => {
    lastResult += 1;
    const result = `#${lastResult}`;
    port.postMessage({ kind: 'tell', target, method, args: pack(args), result } satisfies Tell);
    ring(cells, cell.wake);
    return standIn(result);
  };
  const standIn = (target: string): object =>
    new Proxy(
      {},
      {
        get: (_, name) =>
          typeof name === 'symbol' || name === 'then' || name === 'toJSON'
            ? undefined
            : (...args: unknown[]) => tell(target, name, args),
        has: () => true,
      },
    );
  return {
    toObject: standIn,
    toFunction:
      (target: string) =>
      (...args: unknown[]): unknown =>
        tell(target, null, args),
  };
}
