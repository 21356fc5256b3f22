import { exitCodes } from './exit-codes.ts';
import type { ExitName } from './exit-codes.ts';

/** What a {@link Failure} is made of. */
export interface FailureOptions {
  /** How the program ends. Default `failed`. */
  readonly exit?: ExitName;
  /** What the person can do about it, as a sentence or a command. */
  readonly nextStep?: string;
  readonly cause?: unknown;
}

/** A command could not do its work, for a reason that the person who called it can act on. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: number;
  readonly nextStep: string | null;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = exitCodes[options.exit ?? 'failed'].code;
    this.nextStep = options.nextStep ?? null;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
