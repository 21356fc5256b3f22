import { assumeBlocking } from './assume-message.ts';
import type { CarryOut } from './blocking-methods.ts';
import { methodNames } from './method-table.ts';

class Caller {
  readonly #carryOut: CarryOut;

  constructor(carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  static {
    for (const name of methodNames) {
      const value = function method(this: Caller, ...args: unknown[]): unknown {
        return this.#carryOut(name, args, value);
      };
      Object.defineProperty(value, 'name', { value: name });
      Object.defineProperty(this.prototype, name, { value, writable: true, configurable: true });
    }
  }
}

/** A class with a method for each row of the table. */
export const BlockingCaller = assumeBlocking(Caller);
