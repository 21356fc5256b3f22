import { isJsonObject } from './json-text.ts';
import type { JsonObject } from './json-text.ts';
import {
  bareNames,
  cachesBesidePrompt,
  promptsWithoutCache,
  usageFields,
  usageNames,
} from './usage-names.ts';
import type { UsageField } from './usage-names.ts';

/** Tokens as one usage object reports them; null: not reported. */
export interface TokenUse {
  /** All of the prompt: with what caches read and wrote. */
  readonly prompt: number | null;
  /** All of the answer: with reasoning. */
  readonly completion: number | null;
  /** Not less than prompt and completion. */
  readonly total: number | null;
  /** Part of the prompt. */
  readonly cacheRead: number | null;
  /** Part of the prompt. */
  readonly cacheWrite: number | null;
  /** Part of the answer. */
  readonly reasoning: number | null;
}

interface Place {
  readonly field: UsageField;
  readonly rank: number;
}

const places = new Map<string, Place>();

for (const field of usageFields)
  for (const [rank, name] of usageNames[field].entries()) places.set(name, { field, rank });

/** A number of tokens or of dollars; null for anything else. */
export function toCount(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

export interface UsageForm {
  /** Whether the names of the object tell that caches are beside the prompt; default true. */
  readonly isNamedByProvider?: boolean;
  /** Whether the object is more than usage: only names that are clear are read. */
  readonly isMore?: boolean;
}

/** A number and the name it was found under. */
interface Found {
  readonly name: string;
  readonly rank: number;
  readonly count: number;
}

type Counts = Partial<Record<UsageField, Found>>;

/** The tokens of one usage object of any provider or SDK; null when it reports none. */
export function readTokenUse(object: JsonObject, form: UsageForm = {}): TokenUse | null {
  const found = findCounts(object, form);
  if (found === null || Object.values(found).every(({ count }) => count === 0)) return null;
  const prompt = readPrompt(found, form);
  const completion = readCompletion(found, prompt);
  const total = countOf(found, 'total');
  return {
    prompt,
    completion,
    total: total === null ? null : Math.max(total, sum(prompt, completion)),
    cacheRead: countOf(found, 'cacheRead'),
    cacheWrite: countOf(found, 'cacheWrite'),
    reasoning: countOf(found, 'reasoning') ?? countOf(found, 'thoughts'),
  };
}

const countOf = (found: Counts, field: UsageField): number | null => found[field]?.count ?? null;

const sum = (...counts: (number | null)[]): number =>
  counts.reduce((all: number, count) => all + (count ?? 0), 0);

function findCounts(object: JsonObject, { isMore = false }: UsageForm): Counts | null {
  let found: Counts | null = null;
  const see = (name: string, value: unknown): void => {
    const place = places.get(name);
    if (place === undefined || (isMore && bareNames.has(name))) return;
    const count = toCount(value);
    found ??= {};
    if (count === null || (found[place.field]?.rank ?? Infinity) < place.rank) return;
    found[place.field] = { name, rank: place.rank, count };
  };
  for (const name in object) {
    const value = object[name];
    if (!isJsonObject(value)) see(name, value);
    else if (!isMore) for (const inner in value) see(`${name}.${inner}`, value[inner]);
  }
  return found;
}

function readPrompt(found: Counts, form: UsageForm): number | null {
  const [prompt, toolPrompt] = [countOf(found, 'prompt'), countOf(found, 'toolPrompt')];
  if (prompt === null && toolPrompt === null) return null;
  return sum(prompt, toolPrompt, isCacheBeside(found, form) ? cacheOf(found) : 0);
}

const cacheOf = (found: Counts): number =>
  sum(countOf(found, 'cacheRead'), countOf(found, 'cacheWrite'));

/**
 * Whether what caches read and wrote is not in the prompt, as Anthropic, Bedrock and Langfuse report it: by the names,
 * because there is more of it than prompt, or because the total adds it.
 */
function isCacheBeside(found: Counts, { isNamedByProvider = true }: UsageForm): boolean {
  const { prompt, cacheRead, cacheWrite } = found;
  const cache = cacheOf(found);
  if (cache === 0 || prompt === undefined) return false;
  if (cache > prompt.count) return true;
  if (!promptsWithoutCache.has(prompt.name)) return false;
  const isNamed = [cacheRead, cacheWrite].some((one) => one && cachesBesidePrompt.has(one.name));
  if (isNamedByProvider && isNamed) return true;
  const all = sum(prompt.count, countOf(found, 'completion'), cache);
  return [all, sum(all, countOf(found, 'reasoning'))].includes(countOf(found, 'total') ?? -1);
}

/**
 * The answer with its reasoning, which Gemini reports beside it; xAI and Langfuse, too: the total adds it, or there is
 * more of it.
 */
function readCompletion(found: Counts, prompt: number | null): number | null {
  const completion = countOf(found, 'completion');
  const reasoning = countOf(found, 'reasoning') ?? 0;
  const thoughts = countOf(found, 'thoughts');
  if (completion === null) return thoughts;
  const isBeside =
    reasoning > completion ||
    (reasoning > 0 && countOf(found, 'total') === sum(prompt, completion, reasoning));
  return sum(completion, isBeside ? reasoning : thoughts);
}
