import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(import.meta.dirname, '..', '..');
const folder = 'deploy';

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every file of `deploy`, as paths from the root of the repository. */
export const deployFiles: readonly string[] = readdirSync(join(root, folder), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  .toSorted();

export const isTemplate = (path: string): boolean => path.includes('/templates/');

/** YAML and JSON are read by the same parser; `<<` of YAML is merged, as compose does. */
export const readYaml = (path: string): unknown => parse(readText(path), { merge: true });

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is at the end of this path of keys; undefined when there is nothing. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value);
}

/** Paths of keys to everything that is neither a map with entries nor below one. */
export function leavesOf(value: unknown, path: readonly string[] = []): string[] {
  if (!isMap(value) || Object.keys(value).length === 0) return [path.join('.')];
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...path, key]));
}

/** Values over those of a chart, as Helm merges them: maps by key, everything else as a whole. */
export function mergeValues(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = mergeValues(base[key], value);
  return merged;
}
