import type { RedactOption } from './event-redactor.ts';

/** {@link findRedactProblem} found nothing wrong. */
export const assumeRedact = (value: unknown): RedactOption => value as RedactOption;
