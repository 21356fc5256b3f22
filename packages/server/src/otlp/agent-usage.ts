import { readTokenUse } from '../domain/token-use.ts';
import type { TokenUse } from '../domain/token-use.ts';
import type { Attributes } from './attributes.ts';
import { toNumber } from './attributes.ts';

/** What counts tokens in records of each agent, and its name in the usage of the agent's provider. */
const namesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Claude Code': {
    input_tokens: 'input_tokens',
    output_tokens: 'output_tokens',
    cache_read_tokens: 'cache_read_input_tokens',
    cache_creation_tokens: 'cache_creation_input_tokens',
  },
  Codex: {
    input_token_count: 'prompt_tokens',
    output_token_count: 'completion_tokens',
    cached_token_count: 'cached_tokens',
    reasoning_token_count: 'reasoning_tokens',
  },
  'Gemini CLI': {
    input_token_count: 'promptTokenCount',
    output_token_count: 'candidatesTokenCount',
    cached_content_token_count: 'cachedContentTokenCount',
    thoughts_token_count: 'thoughtsTokenCount',
    tool_token_count: 'toolUsePromptTokenCount',
    total_token_count: 'totalTokenCount',
  },
};

const fields: readonly (readonly [field: string, of: keyof TokenUse])[] = [
  ['prompt_tokens', 'prompt'],
  ['completion_tokens', 'completion'],
  ['total_tokens', 'total'],
  ['cache_read_input_tokens', 'cacheRead'],
  ['cache_creation_input_tokens', 'cacheWrite'],
  ['reasoning_tokens', 'reasoning'],
];

/** Tokens of a call of a model, read as usage of the agent's provider. The attributes stay. */
export function readAgentUsage(
  agent: string,
  attributes: Attributes,
  metadata: Record<string, unknown>,
): void {
  const usage: Record<string, unknown> = {};
  for (const [key, name] of Object.entries(namesOf[agent] ?? {}))
    usage[name] = toNumber(attributes.peek(key));
  const use = readTokenUse(usage);
  if (use === null) return;
  for (const [field, of] of fields) if (use[of] !== null) metadata[field] = use[of];
}
