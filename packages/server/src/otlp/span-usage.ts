import { readTokenUse } from '../domain/token-use.ts';
import type { TokenUse } from '../domain/token-use.ts';
import type { Attributes } from './attributes.ts';
import { toNumber } from './attributes.ts';
import { costRow, tokenRows } from './fields.ts';
import type { Buckets } from './fields.ts';
import { readFields } from './fields.ts';

/** Prefixes under which a convention has its usage object, and whether its names tell that caches are beside it. */
const conventions = [
  { prefixes: ['gen_ai.usage.', 'llm.usage.'], isNamedByProvider: false },
  { prefixes: ['llm.token_count.'], isNamedByProvider: false },
  { prefixes: ['ai.usage.'], isNamedByProvider: false },
  { prefixes: ['langfuse.observation.usage_details.'], isNamedByProvider: true },
  { prefixes: [''], isNamedByProvider: false },
] as const;

/** Names of attributes by convention: the name in its usage object, and the attribute. */
const namesOf = conventions.map(() => new Map<string, string>());

for (const key of new Set(tokenRows.flatMap(({ from }) => from))) {
  for (const [index, { prefixes }] of conventions.entries()) {
    const prefix = prefixes.find((each) => key.startsWith(each));
    if (prefix === undefined) continue;
    namesOf[index]?.set(key, key.slice(prefix.length));
    break;
  }
}

/**
 * What a span used, of one convention: its tokens are read by the same function as those of the REST API. What it
 * lacks is taken from others that do not contradict it, because libraries report one call under several names. What is
 * not used keeps its name.
 */
export function readSpanUsage(attributes: Attributes, buckets: Buckets): void {
  const { metadata } = buckets;
  readFields([costRow], attributes, buckets);
  const use = mergeUses(readUses(attributes));
  if (use === null) return;
  const isOwn = ['prompt_tokens', 'completion_tokens', 'total_tokens'].some(
    (field) => metadata[field] !== undefined,
  );
  for (const { field, from, of } of tokenRows) {
    const isPart = of === 'prompt' || of === 'completion' || of === 'total';
    const count = use[of];
    if (count === null || metadata[field] !== undefined || (isOwn && isPart)) continue;
    metadata[field] = count;
    attributes.takeFirst(from, (value) => (toNumber(value) === count ? count : undefined));
  }
}

function readUses(attributes: Attributes): TokenUse[] {
  return conventions.flatMap(({ prefixes: [prefix], isNamedByProvider }, index) => {
    const object: Record<string, unknown> = {};
    for (const [key, name] of namesOf[index] ?? []) {
      if (attributes.has(key) && object[name] === undefined) object[name] = attributes.peek(key);
    }
    const isClaudeCode = prefix === '' && attributes.peek('span.type') === 'llm_request';
    if (isClaudeCode) nameAsAnthropic(object);
    const use = readTokenUse(object, { isNamedByProvider: isNamedByProvider || isClaudeCode });
    return use === null ? [] : [use];
  });
}

/** Claude Code's `input_tokens` are those that no cache had, as Anthropic's, whose names of caches are longer. */
function nameAsAnthropic(object: Record<string, unknown>): void {
  object['cache_read_input_tokens'] = object['cache_read_tokens'];
  object['cache_creation_input_tokens'] = object['cache_creation_tokens'];
}

/** The first one that reports tokens, completed by those that agree with it. */
function mergeUses(uses: readonly TokenUse[]): TokenUse | null {
  const first =
    uses.find(({ prompt, completion, total }) => prompt ?? completion ?? total) ?? uses[0];
  if (first === undefined) return null;
  const merged: Record<keyof TokenUse, number | null> = { ...first };
  const agrees = (use: TokenUse): boolean =>
    (['prompt', 'completion'] as const).every(
      (part) => use[part] === null || first[part] === null || use[part] === first[part],
    );
  for (const { of } of tokenRows) for (const use of uses) if (agrees(use)) merged[of] ??= use[of];
  return merged;
}
