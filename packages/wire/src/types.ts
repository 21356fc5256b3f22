import type { z } from 'zod';
import type { operations } from './operations.ts';
import type { OperationId } from './operations.ts';
import type { eventIn, eventPatchFields, sessionIn } from './schemas/event.ts';
import type {
  project,
  projectIn,
  projectPatchById,
  settings,
  settingsIn,
} from './schemas/project.ts';
import type { health, readiness } from './schemas/response.ts';
import type { anyOf, exportQuery, filter, searchQuery } from './schemas/query.ts';

type Operations = typeof operations;

/** Body of an operation, once it fits its schema. */
export type BodyOf<Id extends OperationId> = Operations[Id] extends { body: z.ZodType }
  ? z.infer<Operations[Id]['body']>
  : undefined;

/** Query parameters of an operation, once they fit their schema. */
export type QueryOf<Id extends OperationId> = Operations[Id] extends { query: z.ZodType }
  ? z.infer<Operations[Id]['query']>
  : Record<string, unknown>;

export type EventIn = z.infer<typeof eventIn>;
export type EventPatchIn = z.infer<typeof eventPatchFields>;
export type SessionIn = z.infer<typeof sessionIn>;
export type ProjectIn = z.infer<typeof projectIn>;
export type ProjectPatchById = z.infer<typeof projectPatchById>;
export type Project = z.infer<typeof project>;
export type ProjectSettings = z.infer<typeof settings>;
export type Health = z.infer<typeof health>;
export type Readiness = z.infer<typeof readiness>;
export type SettingsIn = z.infer<typeof settingsIn>;
export type ExportQuery = z.infer<typeof exportQuery>;
export type SearchQuery = z.infer<typeof searchQuery>;
export type FilterIn = z.infer<typeof filter>;
export type AnyOfIn = z.infer<typeof anyOf>;
