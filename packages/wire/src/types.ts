import type { z } from 'zod';
import type { operations } from './operations.ts';
import type { OperationId } from './operations.ts';
import type { Immutable } from './immutable.ts';

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

/** Response of an operation. */
export type ResponseOf<Id extends OperationId> = z.infer<Operations[Id]['response']>;

/** Access that an operation needs. */
export type AccessOf<Id extends OperationId> = Operations[Id]['access'];

/** Content types of an operation's responses; never: JSON only. */
export type ProducesOf<Id extends OperationId> = Operations[Id] extends {
  produces: readonly (infer Type)[];
}
  ? Type
  : never;

/** Success statuses of an operation. */
export type StatusOf<Id extends OperationId> =
  | (Operations[Id] extends { status: infer Status extends number } ? Status : 200)
  | (Operations[Id] extends { otherStatuses: infer Others }
      ? Extract<keyof Others, number>
      : never);

/** Input of an operation: path parameters, query and body. */
export type RequestOf<Id extends OperationId> = ([keyof ParamsOf<Id>] extends [never]
  ? object
  : { readonly params: ParamsOf<Id> }) &
  (Operations[Id] extends { query: z.ZodType }
    ? { readonly query?: Immutable<z.infer<Operations[Id]['query']>> }
    : object) &
  (Operations[Id] extends { body: z.ZodType }
    ? { readonly body: Immutable<z.infer<Operations[Id]['body']>> }
    : object);

/** The validated parts of a request. */
export interface InputOf<Id extends OperationId> {
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
}
