import { expect } from 'vitest';

/** Matches any text. */
export const anyText: unknown = expect.any(String);

/** Matches a text that has the part in it. */
export const textWith = (part: string): unknown => expect.stringContaining(part);
