import type { Send } from '../wire/pipeline.ts';

/** What carries a request to the service and its response back. */
export interface Transport {
  readonly send: Send;
  /** Closes the connections once what is under way is done. */
  close(): Promise<void>;
}
