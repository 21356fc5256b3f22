import { limits } from 'honeyhive-wire';
import type { Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { BadItem } from '../domain/bad-item.ts';
import { Problem } from '../domain/problem.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { readAttributes, toList, TooDeep } from './any-value.ts';
import { traceSignal } from './signal.ts';
import { readExtra } from './span.ts';
import type { Signal } from './signal.ts';

/**
 * What resources and scopes may add to the items of one request, in all: each is stored with its own copy. Thirty
 * attributes of a resource are 2 KB, and 10,000 spans with them 20 MB.
 */
const maxCopied = { bytes: 64 * 1024 * 1024, values: limits.jsonValues };

/** A resource or a scope: its attributes, name and version. */
interface Setting {
  readonly attributes: JsonObject;
  /** How much they are. */
  readonly size: Copied;
  /** Why it cannot be stored, and no item of it. */
  readonly issue: Issue | null;
}

interface Copied {
  readonly bytes: number;
  readonly values: number;
}

/** What may still be copied. */
type Room = { -readonly [Name in keyof Copied]: Copied[Name] };

/** A span or log record as it stands in a request, not read yet. */
export interface RawItem {
  readonly raw: unknown;
  /** Path in the request. */
  readonly at: string;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  /** What is wrong with the resource or scope that it stands in. */
  readonly issue: Issue | null;
}

/**
 * The items of the request of an exporter, in the form that it has as JSON.
 *
 * @throws {Problem} `too_large` for too many
 */
export async function readRequest(
  body: JsonObject,
  signal: Signal,
  maxItems: number,
): Promise<RawItem[]> {
  const { resources, noun } = signal;
  const room = { ...maxCopied };
  const groups = await mapInTurns(toList(body[resources]), (group, index) =>
    readResource(group, `${resources}[${index}]`, { signal, room }),
  );
  const items = groups.flat();
  if (items.length <= maxItems) return items;
  const message = `at most ${maxItems} ${noun} in one request; got ${items.length}. Send them in several.`;
  throw new Problem('too_large', `${resources}: ${message}`, {
    issues: [{ field: resources, message }],
  });
}

/** Takes what an item is to have copied. @returns whether there was room */
function takeRoom(room: Room, { bytes, values }: Copied): boolean {
  if (bytes > room.bytes || values > room.values) return false;
  room.bytes -= bytes;
  room.values -= values;
  return true;
}

interface Reading {
  readonly signal: Signal;
  readonly room: Room;
}

function readResource(group: unknown, at: string, reading: Reading): RawItem[] {
  if (!isJsonObject(group)) return [notAnObject(group, at)];
  const resource = readSetting(group['resource'], group['schemaUrl'], `${at}.resource`);
  // Before OTLP 0.15 the scope was the library of the instrumentation.
  const { scopes } = reading.signal;
  const name = scopes in group || reading.signal !== traceSignal ? scopes : oldScopes;
  return toList(group[name]).flatMap((inner, index) =>
    readScope(inner, `${at}.${name}[${index}]`, { ...reading, resource }),
  );
}

const oldScopes = 'instrumentationLibrarySpans';

function readScope(
  group: unknown,
  at: string,
  { resource, signal, room }: Reading & { readonly resource: Setting },
): RawItem[] {
  if (!isJsonObject(group)) return [notAnObject(group, at)];
  const raw = group['scope'] ?? group['instrumentationLibrary'];
  const scope = readSetting(raw, group['schemaUrl'], `${at}.scope`);
  const size = {
    bytes: resource.size.bytes + scope.size.bytes,
    values: resource.size.values + scope.size.values,
  };
  const { items } = signal;
  return toList(group[items]).map((value, index) => {
    const item = `${at}.${items}[${index}]`;
    const issue = value instanceof BadItem ? value.issue : (resource.issue ?? scope.issue);
    return {
      raw: value,
      at: item,
      resource: resource.attributes,
      scope: scope.attributes,
      issue: issue ?? (takeRoom(room, size) ? null : tooMuchCopied(item)),
    };
  });
}

const tooMuchCopied = (field: string): Issue => ({
  field,
  message: `attributes of resources and scopes count for each of their items, and come to more than ${maxCopied.bytes} bytes or ${maxCopied.values} values in this request. Send fewer in one.`,
});

const notAnObject = (raw: unknown, at: string): RawItem => ({
  raw,
  at,
  resource: {},
  scope: {},
  issue: { field: at, message: 'expected an object' },
});

function readSetting(raw: unknown, schemaUrl: unknown, at: string): Setting {
  const { attributes, ...fields } = isJsonObject(raw) ? raw : {};
  const { name, version } = fields;
  const named = Object.entries({ name, version, schema_url: schemaUrl }).filter(([, value]) =>
    isText(value),
  );
  try {
    const own = { ...Object.fromEntries(named), ...readExtra(fields) };
    const all = { ...readAttributes(attributes), ...own };
    return { attributes: all, size: sizeOf(all), issue: null };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return {
      attributes: {},
      size: { bytes: 0, values: 0 },
      issue: { field: `${at}.attributes`, message: error.message },
    };
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** The depth was checked when they were read. */
const sizeOf = (attributes: JsonObject): Copied => ({
  bytes: Buffer.byteLength(JSON.stringify(attributes)),
  values: countValues(attributes),
});

const countValues = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, each) => sum + countValues(each), 1)
    : 1;
