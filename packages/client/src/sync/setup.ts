import type { MessagePort } from 'node:worker_threads';
import type { Cells } from './cells.ts';
import type { KeptKind } from './kept-options.ts';
import type { Packed } from './pack.ts';

/** What a worker is started with. */
export interface Setup {
  readonly port: MessagePort;
  /** Where the caller puts what its functions return. */
  readonly answers: MessagePort;
  readonly cells: Cells;
  /** The options of the client, as the only argument. */
  readonly options: Packed;
  /** Those of them that stay in the caller's thread. */
  readonly kept: Readonly<Record<string, KeptKind>>;
}
