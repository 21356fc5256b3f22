/** A class of errors, as `instanceof` sees it. */
type ErrorClass = abstract new (...parameters: never[]) => Error;

const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];

/**
 * Gives a class its name and makes `instanceof` know its errors even when they come from another
 * copy of this package (two versions in one tree, or a worker's copy).
 *
 * Classes that an application derives keep the ordinary `instanceof`.
 */
export function brand(errorClass: ErrorClass, name: string): void {
  const mark = Symbol.for(`honeyhive.${name}`);
  Object.defineProperty(errorClass.prototype, 'name', {
    value: name,
    configurable: true,
    writable: true,
  });
  Object.defineProperty(errorClass.prototype, mark, { value: true });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      if (this !== errorClass) return ordinaryHasInstance.call(this as () => void, candidate);
      return typeof candidate === 'object' && candidate !== null && mark in candidate;
    },
  });
}
