import type { Fault } from 'honeyhive-testkit';

/** A fault of single requests, and the outcome of an awaited call; a logged event is always stored once. */
export interface FaultRow {
  readonly name: string;
  /** Faults of the first requests, in order. */
  makeFaults(): readonly Fault[];
  /** `stored`, or the name of the error. */
  readonly awaited: string;
}

export declare const faultMatrix: readonly FaultRow[];

/** Faults with separate tests: the fault, and the outcomes for logged events and awaited calls. */
export declare const otherFaults: readonly (readonly [
  fault: string,
  logged: string,
  awaited: string,
])[];
