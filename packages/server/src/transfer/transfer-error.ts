/** A file that cannot be imported, or an export that did not hold what it should. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  /** `name_taken`: another project has the name of one in the file. */
  readonly code: 'transfer_refused' | 'name_taken';
  /** Line of the file, from 1; null when it is not about a line. */
  readonly line: number | null;

  constructor(
    message: string,
    line: number | null = null,
    options: ErrorOptions & { readonly code?: 'name_taken' } = {},
  ) {
    super(line === null ? message : `line ${line}: ${message}`, options);
    this.line = line;
    this.code = options.code ?? 'transfer_refused';
  }
}
