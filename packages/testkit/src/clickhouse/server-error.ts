import { toStatus } from './status-codes.ts';

/** What the server answers with instead of a result. */
export interface ServerError {
  readonly status: number;
  readonly code: number;
  readonly text: string;
}

/** An error that the interface makes itself, in the engine's form. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, name: string, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}. (${name})`);
    this.code = code;
  }
}

export const notImplemented = (what: string): Refusal =>
  new Refusal(48, 'NOT_IMPLEMENTED', `${what} is not implemented by this test server`);

/** The error with the version behind it, as the server writes it. */
export function toServerError(error: unknown, version: string): ServerError {
  const message = error instanceof Error ? error.message : String(error);
  const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 1002);
  return {
    status: toStatus(code),
    code,
    text: `${message.trimEnd()} (version ${version} (official build))\n`,
  };
}
