/** A file that cannot be imported, or an export that did not hold what it should. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly code = 'transfer_refused';
  /** Line of the file, from 1; null when it is not about a line. */
  readonly line: number | null;

  constructor(message: string, line: number | null = null, options?: ErrorOptions) {
    super(line === null ? message : `line ${line}: ${message}`, options);
    this.line = line;
  }
}
