import type { Fault } from 'honeyhive-testkit';

/** A fault of single requests, and what comes of an awaited call that meets it; a logged event is always stored once. */
export interface FaultRow {
  readonly name: string;
  /** Faults of the first requests, in order. */
  makeFaults(): readonly Fault[];
  /** `stored`, or the name of the error. */
  readonly awaited: string;
}

export declare const faultMatrix: readonly FaultRow[];

/** Faults that have tests of their own: the fault, what comes of logged events, and of awaited calls. */
export declare const otherFaults: readonly (readonly [
  fault: string,
  logged: string,
  awaited: string,
])[];
