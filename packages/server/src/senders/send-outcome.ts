/** What became of one attempt to send. */
export interface SendOutcome {
  /** Status of the HTTP response, or code of the SMTP reply; null without one. */
  readonly status: number | null;
  /** The beginning of the response; null without one. */
  readonly body: string | null;
  /** Why it failed, for people, without secrets; null if it did not. */
  readonly error: string | null;
  /** How long the receiver asks to wait, milliseconds; null if it does not. */
  readonly retryAfterMs: number | null;
  /** Whether retrying cannot help. */
  readonly isPermanent: boolean;
}

/** An attempt without a response. */
export const unanswered = (error: string): SendOutcome => ({
  status: null,
  body: null,
  error,
  retryAfterMs: null,
  isPermanent: false,
});
