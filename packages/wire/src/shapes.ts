import { z } from 'zod';
import { limits } from 'honeyhive-facts';

/** A free-form JSON object; keys and values are kept as given. */
export const jsonObject = (description: string) =>
  z.record(z.string(), z.unknown()).meta({ description });

/** Ids and project names are path segments, where URL parsers interpret `.`, `..` and their encoded forms. */
const noDotSegment = /^(?!(?:\.|%(?:25)*2[eE]){1,2}$)/;

/** Text that is a valid path segment. */
export const segment = (text: z.ZodString) =>
  text.regex(noDotSegment, 'must not be "." or "..", encoded or not');

/** Whether a text is a valid path segment. */
export const isSegment = (text: string): boolean => noDotSegment.test(text);

/** An opaque id, kept as given. */
export const id = (description: string) =>
  segment(z.string().min(1).max(limits.idChars)).meta({ description });

/** An instant in epoch milliseconds. */
export const epochMs = (description: string) =>
  z.number().min(0).max(limits.timeMs).meta({ description });

/** A duration in milliseconds. */
export const durationMs = (description: string) =>
  z.number().min(0).max(limits.timeMs).meta({ description });

/** An instant as clients send it: epoch milliseconds, or an ISO-8601 string. */
export const instantIn = (description: string) =>
  z
    .union([z.number().min(0).max(limits.timeMs), z.string().max(40)])
    .meta({ description: `${description} Epoch milliseconds, or an ISO-8601 string.` });

export const text = (description: string) => z.string().meta({ description });
export const count = (description: string) => z.number().meta({ description });

/** A query parameter: all of them are text. */
export const queryText = (description: string) => z.string().optional().meta({ description });

/** The project of a request without a body. */
export const projectText = queryText(
  'Project name or id; ignored when the key is bound to a project.',
);

export const projectQuery = z.object({ project: projectText });

/** A successful request. */
export const success = z
  .object({ success: z.literal(true) })
  .meta({ id: 'Success', description: 'The request succeeded.' });

/** A deletion. */
export const deleted = z
  .object({ success: z.literal(true), deleted: text('Id of what was deleted.') })
  .meta({ id: 'Deleted', description: 'Something was deleted.' });
