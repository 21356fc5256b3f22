import type { z } from 'zod';
import type { operations } from './operations.ts';
import type { OperationId } from './operations.ts';
import type {
  event,
  eventIn,
  eventPatchFields,
  EventTree,
  session,
  sessionIn,
} from './schemas/event.ts';
import type {
  project,
  projectIn,
  projectPatchById,
  settings,
  settingsIn,
} from './schemas/project.ts';
import type {
  batchResult,
  eventCreated,
  health,
  listedEvent,
  readiness,
} from './schemas/response.ts';
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

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** Parameters in the paths of an operation. */
export type ParamsOf<Id extends OperationId> = {
  readonly [Name in ParamNames<Operations[Id]['paths'][number]>]: string;
};

/** The same, read-only to any depth. */
export type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Immutable<Value[Name]> }
    : Value;

/** What an operation answers with. */
export type ResponseOf<Id extends OperationId> = z.infer<Operations[Id]['response']>;

/** What a key must be allowed to do to call an operation. */
export type AccessOf<Id extends OperationId> = Operations[Id]['access'];

/** Content types that an operation answers with; never: JSON alone. */
export type ProducesOf<Id extends OperationId> = Operations[Id] extends {
  produces: readonly (infer Type)[];
}
  ? Type
  : never;

/** Statuses of an operation that are no errors. */
export type StatusOf<Id extends OperationId> =
  | (Operations[Id] extends { status: infer Status extends number } ? Status : 200)
  | (Operations[Id] extends { otherStatuses: infer Others }
      ? Extract<keyof Others, number>
      : never);

/** What a caller gives an operation: what its path, its query and its body take. */
export type RequestOf<Id extends OperationId> = ([keyof ParamsOf<Id>] extends [never]
  ? object
  : { readonly params: ParamsOf<Id> }) &
  (Operations[Id] extends { query: z.ZodType }
    ? { readonly query?: Immutable<z.infer<Operations[Id]['query']>> }
    : object) &
  (Operations[Id] extends { body: z.ZodType }
    ? { readonly body: Immutable<z.infer<Operations[Id]['body']>> }
    : object);

/** The parts of a request that the table describes, once they fit it. */
export interface InputOf<Id extends OperationId> {
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
}

export type WireEvent = Immutable<z.infer<typeof event>>;
export type WireSession = Immutable<z.infer<typeof session>>;
export type WireEventTree = Immutable<EventTree>;
export type ListedEvent = Immutable<z.infer<typeof listedEvent>>;
export type EventCreated = Immutable<z.infer<typeof eventCreated>>;
export type BatchResult = Immutable<z.infer<typeof batchResult>>;
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
