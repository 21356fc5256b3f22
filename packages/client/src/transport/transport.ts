import type { Send } from '../wire/pipeline.ts';

/** What carries a request to the service and its response back. */
export interface Transport {
  readonly send: Send;
  /** Closes the connections once what is in flight is done. */
  close(): Promise<void>;
}
