import type { Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { BadItem } from '../domain/bad-item.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { readAttributes, toList, TooDeep } from './any-value.ts';

/** A resource or a scope: its attributes, name and version. */
interface Setting {
  readonly attributes: JsonObject;
  /** Why it cannot be stored, and no span of it. */
  readonly issue: Issue | null;
}

/** A span as it stands in a request, not read yet. */
export interface RawSpan {
  readonly raw: unknown;
  /** Path in the request. */
  readonly at: string;
  readonly resource: JsonObject;
  readonly scope: JsonObject;
  /** What is wrong with the resource or scope that it stands in. */
  readonly issue: Issue | null;
}

/** The spans of an `ExportTraceServiceRequest`, in the form that it has as JSON. */
export async function readRequest(body: JsonObject): Promise<RawSpan[]> {
  const groups = await mapInTurns(toList(body['resourceSpans']), (group, index) =>
    readResourceSpans(group, `resourceSpans[${index}]`),
  );
  return groups.flat();
}

function readResourceSpans(group: unknown, at: string): RawSpan[] {
  if (!isJsonObject(group)) return [notAnObject(group, at)];
  const resource = readSetting(group['resource'], `${at}.resource`);
  // Before OTLP 0.15 the scope was the library of the instrumentation.
  const name = 'scopeSpans' in group ? 'scopeSpans' : 'instrumentationLibrarySpans';
  return toList(group[name]).flatMap((inner, index) =>
    readScopeSpans(inner, `${at}.${name}[${index}]`, resource),
  );
}

function readScopeSpans(group: unknown, at: string, resource: Setting): RawSpan[] {
  if (!isJsonObject(group)) return [notAnObject(group, at)];
  const scope = readSetting(group['scope'] ?? group['instrumentationLibrary'], `${at}.scope`);
  return toList(group['spans']).map((raw, index) => ({
    raw,
    at: `${at}.spans[${index}]`,
    resource: resource.attributes,
    scope: scope.attributes,
    issue: raw instanceof BadItem ? raw.issue : (resource.issue ?? scope.issue),
  }));
}

const notAnObject = (raw: unknown, at: string): RawSpan => ({
  raw,
  at,
  resource: {},
  scope: {},
  issue: { field: at, message: 'expected an object' },
});

function readSetting(raw: unknown, at: string): Setting {
  const { name, version, attributes } = isJsonObject(raw) ? raw : {};
  const named = Object.entries({ name, version }).filter(([, value]) => isText(value));
  try {
    const all = { ...readAttributes(attributes), ...Object.fromEntries(named) };
    return { attributes: all, issue: null };
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { attributes: {}, issue: { field: `${at}.attributes`, message: error.message } };
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
