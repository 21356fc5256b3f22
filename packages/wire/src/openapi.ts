import { z } from 'zod';
import { errorCodes } from './errors.ts';
import type { ErrorCode } from './errors.ts';
import { errorsOf } from './operation-errors.ts';
import type { Operation } from './operation.ts';
import { operationList } from './operations.ts';

type Json = Record<string, unknown>;

/** How the document describes responses. */
export interface OpenApiOptions {
  /**
   * `open`, the default: objects may have unlisted keys, because newer services may send more. `closed`: they may not;
   * tests of this service use it.
   */
  readonly answers?: 'open' | 'closed';
}

/** Collects named schemas under `components.schemas` and returns a reference to each. */
function createSchemaBook({ answers = 'open' }: OpenApiOptions) {
  const named: Record<string, Json> = {};
  const print = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const {
      $schema: _dialect,
      $defs,
      ...root
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      reused: 'inline',
      override({ jsonSchema }) {
        const isOpen = io === 'output' && answers === 'open';
        if (isOpen && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs ?? {})) named[name] = clean(definition);
    return clean(root);
  };
  const add = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const printed = print(schema, io);
    const name = printed['id'];
    if (typeof name !== 'string') return printed;
    const { id: _id, ...body } = printed;
    named[name] = body;
    return { $ref: `#/components/schemas/${name}` };
  };
  return { named, add };
}

function clean(value: Json): Json {
  const text = JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as Json;
}

function parameters(
  operation: Operation,
  path: string,
  add: (schema: z.ZodType, io: 'input') => Json,
): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(operation.query?.shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = add(schema as z.ZodType, 'input');
    return {
      name,
      in: 'query',
      required: false,
      ...(description ? { description } : {}),
      schema: rest,
    };
  });
  return [...inPath, ...inQuery];
}

function requestBody(
  operation: Operation,
  add: (schema: z.ZodType, io: 'input') => Json,
): Json | undefined {
  if (!operation.body) return undefined;
  const bare = add(operation.body, 'input');
  const wrapper = operation.wrapper;
  const schema = wrapper
    ? { anyOf: [{ type: 'object', required: [wrapper], properties: { [wrapper]: bare } }, bare] }
    : bare;
  const protobuf = { 'application/x-protobuf': { schema: { type: 'string', format: 'binary' } } };
  return {
    required: true,
    content: {
      'application/json': { schema },
      ...(operation.format === 'otlp' ? protobuf : {}),
    },
  };
}

function responses(operation: Operation, add: (schema: z.ZodType, io: 'output') => Json): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(operation)) {
    const status = errorCodes[code].status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const failures = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, list]): [string, Json] => [
      String(status),
      {
        description: list.map((code) => `\`${code}\`: ${errorCodes[code].advice}`).join('\n\n'),
        ...(list.some((code) => waits.has(code)) ? { headers: { 'Retry-After': retryAfter } } : {}),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]);
  return { ...successes(operation, add), ...Object.fromEntries(failures) };
}

function successes(operation: Operation, add: (schema: z.ZodType, io: 'output') => Json): Json {
  const { response, produces = ['application/json'], status = 200, otherStatuses = {} } = operation;
  const schema = add(response, 'output');
  const content = Object.fromEntries(produces.map((type) => [type, { schema }]));
  const headers = Object.fromEntries(
    Object.entries(operation.headers ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' } },
    ]),
  );
  const answers = Object.entries({ [status]: 'Done', ...otherStatuses }).map(
    ([code, description]): [string, Json] => [
      code,
      {
        description,
        ...(operation.headers ? { headers } : {}),
        ...(code === '204' || code === '304' ? {} : { content }),
      },
    ],
  );
  return Object.fromEntries(answers);
}

/** Error codes with `retry-after`. */
const waits: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'unavailable']);

const retryAfter = {
  description: 'Seconds to wait before the same request may succeed.',
  schema: { type: 'integer', minimum: 1 },
};

const errorSchema = {
  type: 'object',
  required: ['statusCode', 'message', 'success', 'errorCode'],
  properties: {
    statusCode: { type: 'integer' },
    message: { type: 'string' },
    success: { const: false },
    errorCode: { enum: Object.keys(errorCodes) },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/**
 * The OpenAPI 3.1 document of the service, made from the operations table.
 *
 * @param version version of the service, for `info.version`
 */
export function toOpenApi(version: string, options: OpenApiOptions = {}): Json {
  const book = createSchemaBook(options);
  const paths: Record<string, Json> = {};
  for (const operation of operationList) {
    for (const [index, path] of operation.paths.entries()) {
      const body = requestBody(operation, book.add);
      (paths[path] ??= {})[operation.method.toLowerCase()] = {
        operationId: index === 0 ? operation.id : `${operation.id}_${index + 1}`,
        tags: [operation.tag],
        summary: operation.summary,
        ...(operation.access === 'public' ? { security: [] } : {}),
        parameters: parameters(operation, path, book.add),
        ...(body ? { requestBody: body } : {}),
        responses: responses(operation, book.add),
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'honeyhive service',
      version,
      description:
        'Sessions, events and projects of LLM applications. An independent implementation of the public HoneyHive API.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: errorSchema,
        ...Object.fromEntries(Object.entries(book.named).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      },
    },
  };
}
