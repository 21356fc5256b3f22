/** What one check found. */
export interface Finding {
  readonly check: string;
  /** `skipped`: it could not be checked, for a reason that is no fault. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What is so. */
  readonly text: string;
  /** What to do about it; only where something is to be done. */
  readonly nextStep?: string;
}
