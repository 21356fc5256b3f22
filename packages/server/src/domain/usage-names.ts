/** Fields of usage objects. */
export const usageFields = [
  'prompt',
  'completion',
  'total',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'toolPrompt',
  'thoughts',
] as const;
export type UsageField = (typeof usageFields)[number];

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Names of the fields; of several in one object, the first. A dot leads into an object. */
export const usageNames: Readonly<Record<UsageField, readonly string[]>> = {
  prompt: words(`
    prompt_tokens input_tokens promptTokens inputTokens inputTokens.total promptTokenCount prompt_token_count
    inputTokenCount input_token_count total_input_tokens prompt_eval_count tokens_evaluated tokens.input_tokens
    billed_units.input_tokens tokens.inputTokens billedUnits.inputTokens input prompt tokens
  `),
  completion: words(`
    completion_tokens output_tokens completionTokens outputTokens outputTokens.total candidatesTokenCount
    candidates_token_count responseTokenCount response_token_count outputTokenCount output_token_count
    generation_token_count generated_token_count total_output_tokens eval_count tokens_predicted tokens.output_tokens
    billed_units.output_tokens tokens.outputTokens billedUnits.outputTokens output completion
  `),
  total: words('total_tokens totalTokens totalTokenCount total_token_count total'),
  cacheRead: words(`
    cache_read_input_tokens cacheReadInputTokens cacheReadInputTokenCount cache_read.input_tokens
    prompt_tokens_details.cached_tokens input_tokens_details.cached_tokens input_token_details.cached_tokens
    promptTokensDetails.cachedTokens inputTokensDetails.cachedTokens input_token_details.cache_read
    inputTokenDetails.cacheReadTokens inputTokens.cacheRead prompt_details.cache_read prompt_details.cache_input
    cachedInputTokens cachedPromptTokens cached_input_tokens cached_tokens cache_read_tokens details.cache_read_tokens
    details.cached_tokens input_tokens.cached prompt_cache_hit_tokens num_cached_tokens cachedContentTokenCount
    cached_content_token_count total_cached_tokens input_cached_tokens input_cache_read
  `),
  cacheWrite: words(`
    cache_creation_input_tokens cacheCreationInputTokens cacheWriteInputTokens cacheWriteInputTokenCount
    cache_creation.input_tokens cache_write.input_tokens cache_write_input_tokens
    prompt_tokens_details.cache_write_tokens prompt_tokens_details.cache_creation_tokens
    input_token_details.cache_creation inputTokenDetails.cacheWriteTokens inputTokens.cacheWrite
    prompt_details.cache_write cache_write_tokens details.cache_write_tokens input_tokens.cache_write
    cache_creation_tokens input_cache_creation
  `),
  reasoning: words(`
    reasoning_tokens reasoningTokens completion_tokens_details.reasoning_tokens output_tokens_details.reasoning_tokens
    output_token_details.reasoning completionTokensDetails.reasoningTokens outputTokensDetails.reasoningTokens
    outputTokenDetails.reasoningTokens outputTokens.reasoning completion_details.reasoning reasoning.output_tokens
    details.reasoning_tokens output_tokens.reasoning experimental.reasoning_tokens total_reasoning_tokens
    output_reasoning_tokens output_reasoning
  `),
  // Gemini: results of tools, beside the prompt; reasoning, beside the answer.
  toolPrompt: words('toolUsePromptTokenCount tool_use_prompt_token_count total_tool_use_tokens'),
  thoughts: words('thoughtsTokenCount thoughts_token_count'),
};

/** Names that count tokens only in a usage object: elsewhere they mean other things. */
export const bareNames: ReadonlySet<string> = new Set(
  words('input output prompt completion total tokens'),
);

/** What says that caches are beside the prompt: these names of the prompt together with those of caches. */
export const promptsWithoutCache: ReadonlySet<string> = new Set(
  words('input_tokens inputTokens inputTokenCount input'),
);
export const cachesBesidePrompt: ReadonlySet<string> = new Set(
  words(`
    cache_read_input_tokens cacheReadInputTokens cacheReadInputTokenCount input_cached_tokens input_cache_read
    cache_creation_input_tokens cacheCreationInputTokens cacheWriteInputTokens cacheWriteInputTokenCount
    input_cache_creation
  `),
);
