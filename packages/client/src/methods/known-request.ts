import type { Routes } from '../generated/requests.ts';
import type { QueryValue } from '../wire/query.ts';
import type { ApiResponse, RequestOptions } from './raw-request.ts';

/** The segments of a path. */
type Segments<Path extends string> = Path extends `${infer First}/${infer Rest}`
  ? [First, ...Segments<Rest>]
  : [Path];

type WithoutQuery<Path extends string> = Path extends `${infer Before}?${string}` ? Before : Path;

/** Whether segments are those of a route; what stands for a parameter may be anything. */
type Fits<Given extends string[], Route extends string[]> = [Given, Route] extends [
  [infer First extends string, ...infer Rest extends string[]],
  [infer Expected extends string, ...infer More extends string[]],
]
  ? First extends Expected
    ? Fits<Rest, More>
    : Expected extends `{${string}}`
      ? Fits<Rest, More>
      : false
  : [Given, Route] extends [[], []]
    ? true
    : false;

type Matching<Request extends string> = {
  [Route in keyof Routes]: Fits<Segments<Request>, Segments<Route>> extends true ? Route : never;
}[keyof Routes];

/** The operation that serves a request; a route without parameters wins, as in the service. */
type OperationOf<Request extends string> = Request extends keyof Routes
  ? Routes[Request]
  : Routes[Matching<Request>];

/** What the contract says of a request; of one that the compiler does not know in full: anything goes. */
type Known<Method extends string, Path extends string> = string extends Method | Path
  ? never
  : OperationOf<`${Uppercase<Method>} ${WithoutQuery<Path>}`>;

/** The query of an operation: its names. Values are written as text, so dates and lists are taken as well. */
type ParamsOf<Operation> = Operation extends { params: infer Params }
  ? { readonly params?: { readonly [Name in keyof Params]?: QueryValue } | undefined }
  : { readonly params?: undefined };

type JsonOf<Operation> = Operation extends { json: infer Json }
  ? { readonly json: Json }
  : { readonly json?: undefined };

/** Options of a request, by its method and path. */
export type OptionsOf<Method extends string, Path extends string> = [Known<Method, Path>] extends [
  never,
]
  ? RequestOptions
  : Omit<RequestOptions, 'params' | 'json'> &
      ParamsOf<Known<Method, Path>> &
      JsonOf<Known<Method, Path>>;

/** What follows method and path: options may be left out where none is needed. */
export type RestOf<Method extends string, Path extends string> =
  object extends OptionsOf<Method, Path>
    ? [options?: OptionsOf<Method, Path>]
    : [options: OptionsOf<Method, Path>];

/** The response to a request, by its method and path. */
export type ResponseTo<Method extends string, Path extends string> = [Known<Method, Path>] extends [
  never,
]
  ? ApiResponse
  : Omit<ApiResponse, 'data'> & {
      readonly data: Known<Method, Path> extends { data: infer Data } ? Data : never;
    };
