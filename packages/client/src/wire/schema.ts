import type { Issue } from '../errors/errors.ts';
import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';

type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** What a value may be: JSON Schema with one list of types, whose bounds hold for the type that they are about. */
export interface Schema {
  /** Absent: anything. */
  readonly type?: readonly JsonType[];
  /** Whether numbers must be whole. */
  readonly integer?: true;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of members that have no name in `properties`. */
  readonly rest?: Schema;
  /** Whether there may be none of these. */
  readonly closed?: true;
}

/**
 * Problems for which the service would reject a value, by field; empty if valid.
 *
 * Values that JSON converts (dates, maps, classes with toJSON) pass: only the service sees the result.
 */
export function findSchemaIssues(schema: Schema, value: unknown): readonly Issue[] {
  if (schema.type === undefined) return none;
  const type = jsonTypeOf(value);
  if (type === null) return none;
  if (!schema.type.includes(type)) {
    return [{ field: '', message: `expected ${schema.type.join(' or ')}, received ${type}` }];
  }
  if (Array.isArray(value)) return findListIssues(schema, value);
  if (isObject(value)) return isOpen(schema) ? none : findMemberIssues(schema, value);
  const message = findBoundProblem(schema, value);
  return message === null ? none : [{ field: '', message }];
}

const noProperties: NonNullable<Schema['properties']> = {};
/** Most values are right, and this runs over each of them: nothing is made until something is wrong. */
const none: readonly Issue[] = [];

/** Whether an object may have any members. */
const isOpen = ({ required, properties, rest }: Schema): boolean =>
  required === undefined && properties === undefined && rest === undefined;

function findMemberIssues(schema: Schema, value: JsonObject): readonly Issue[] {
  const { required = [] } = schema;
  let issues = none;
  for (const name of required) {
    if (value[name] === undefined) issues = [...issues, { field: name, message: 'is required' }];
  }
  for (const name of Object.keys(value)) {
    const found = value[name] === undefined ? none : findNamedIssues(schema, name, value[name]);
    if (found.length > 0) issues = [...issues, ...found];
  }
  return issues;
}

function findNamedIssues(schema: Schema, name: string, member: unknown): readonly Issue[] {
  const { properties = noProperties, rest, closed } = schema;
  const memberSchema = Object.hasOwn(properties, name) ? properties[name] : rest;
  if (memberSchema === undefined)
    return closed ? [{ field: name, message: unknownMember(properties) }] : none;
  const found = findSchemaIssues(memberSchema, member);
  return found.length === 0 ? none : found.map((issue) => within(name, issue));
}

const unknownMember = (properties: NonNullable<Schema['properties']>): string =>
  `is unknown; expected ${Object.keys(properties).join(', ')}`;

function findListIssues(schema: Schema, value: readonly unknown[]): readonly Issue[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema;
  if (value.length < minItems || value.length > maxItems) {
    const bound = value.length < minItems ? `at least ${minItems}` : `at most ${maxItems}`;
    return [{ field: '', message: `must have ${bound} items; got ${value.length}` }];
  }
  if (items === undefined) return none;
  let issues = none;
  for (let index = 0; index < value.length; index += 1) {
    const found = findSchemaIssues(items, value[index]);
    if (found.length > 0)
      issues = [...issues, ...found.map((issue) => within(`[${index}]`, issue))];
  }
  return issues;
}

/** The issue, as seen from around the member. */
function within(name: string, { field, message }: Issue): Issue {
  const isApart = field !== '' && !field.startsWith('[');
  return { field: isApart ? `${name}.${field}` : name + field, message };
}

function findBoundProblem(schema: Schema, value: unknown): string | null {
  const { enum: choices } = schema;
  if (choices !== undefined && !choices.includes(value)) {
    return `must be one of ${choices.join(', ')}`;
  }
  if (typeof value === 'string') return findTextProblem(schema, value);
  return typeof value === 'number' ? findNumberProblem(schema, value) : null;
}

function findTextProblem(schema: Schema, text: string): string | null {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  if (text.length < minLength) {
    return minLength === 1
      ? 'must be text that is not empty'
      : `must have at least ${minLength} characters`;
  }
  if (text.length > maxLength) {
    return `must have at most ${maxLength} characters; got ${text.length}`;
  }
  const fits = pattern === undefined || new RegExp(pattern, 'u').test(text);
  return fits ? null : `must match /${pattern}/`;
}

function findNumberProblem(schema: Schema, value: number): string | null {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  if (schema.integer && !Number.isSafeInteger(value)) return `must be a whole number; got ${value}`;
  if (value < minimum) return `must be at least ${minimum}; got ${value}`;
  return value > maximum ? `must be at most ${maximum}; got ${value}` : null;
}

function isPlainObject(value: object): boolean {
  if ('toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The type that a value has as JSON; null when only JSON.stringify knows. */
function jsonTypeOf(value: unknown): JsonType | null {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      // JSON has no other numbers than finite ones.
      return Number.isFinite(value) ? 'number' : 'null';
    case 'object':
      return isPlainObject(value) ? 'object' : null;
    default:
      return null;
  }
}
