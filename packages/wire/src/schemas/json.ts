import { z } from 'zod';
import { limits } from 'honeyhive-facts';

/** A free-form JSON object; keys and values are kept as given. */
export const jsonObject = (description: string) =>
  z.record(z.string(), z.unknown()).meta({ description });

/** An opaque id, kept as given. */
export const id = (description: string) =>
  z.string().min(1).max(limits.idChars).meta({ description });

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
