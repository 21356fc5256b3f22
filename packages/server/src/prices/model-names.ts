/** A model as the price table may know it. */
export interface ModelName {
  readonly provider: string | undefined;
  readonly model: string;
}

/** Programs that run models on one's own machine: those names in the price table would be a provider's. */
const localProviders =
  /^(ollama|vllm|lm[-_ ]?studio|llama[-_.]?cpp|localai|local|tgi|mlx|sglang)\b/;

export const isLocal = (provider: string): boolean => localProviders.test(provider.toLowerCase());

/** Other spellings of providers of the price table. */
const providers: readonly (readonly [RegExp, string])[] = [
  [/azure|^az\./, 'azure'],
  [/bedrock|amazon|^aws/, 'aws'],
  [/vertex|google|gemini|^gcp/, 'google'],
  [/^x[-_]?ai/, 'x-ai'],
  [/^together/, 'together'],
  [/^fireworks/, 'fireworks'],
  [/^moonshot/, 'moonshotai'],
  [/^hugging/, 'huggingface_together'],
];

const toProvider = (name: string): string =>
  providers.find(([pattern]) => pattern.test(name))?.[1] ?? name;

/**
 * The names under which the price table may have a model, best first: as sent, then without a provider's prefix, path,
 * region, version or date.
 */
export function* modelNames(sent: string, sentProvider: string): Generator<ModelName, void> {
  const model = sent.trim().toLowerCase();
  const provider = sentProvider.trim().toLowerCase();
  const own = provider === '' ? [] : [toProvider(provider)];
  const { prefix, name } = splitName(model);
  const all = [...own, ...(prefix === null ? [] : [toProvider(prefix)]), undefined];
  const spellings = [...new Set([model, name, ...spellingsOf(name)])];
  for (const spelling of spellings) for (const one of all) yield { provider: one, model: spelling };
  // A deployment is often called as its model, with more behind it.
  if (own.includes('azure') || prefix === 'azure')
    for (const spelling of shorterNames(name)) yield { provider: 'azure', model: spelling };
}

/** The provider that stands before a model, and the model: `openai/gpt-4o`, an ARN, `models/…`. */
function splitName(model: string): { readonly prefix: string | null; readonly name: string } {
  const last = model.slice(model.lastIndexOf('/') + 1);
  if (model.startsWith('arn:aws')) return { prefix: 'aws', name: last };
  if (/(^|\/)models\//.test(model)) return { prefix: 'google', name: last };
  const slash = model.indexOf('/');
  if (slash > 0) return { prefix: model.slice(0, slash), name: last };
  const [, before, after] = /^([a-z][a-z_-]*):([a-z].*)$/.exec(model) ?? [];
  if (before !== undefined && after !== undefined && before !== 'ft')
    return { prefix: before, name: after };
  return { prefix: bedrockPrefix.test(model) ? 'aws' : null, name: model };
}

/** Bedrock has the region and the maker before a model. */
const bedrockPrefix =
  /^((us|eu|apac|global|jp|au|ca|us-gov)\.)?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|writer)\.(?=[a-z])/;

function spellingsOf(name: string): string[] {
  const plain = name.replace(/^gpt-35/, 'gpt-3.5');
  const ofMaker = plain.replace(bedrockPrefix, '');
  const unversioned = ofMaker.replace(/(-v\d+)?(:\d+[a-z\d]*)?$/, '').replace(/@.*$/, '');
  const undated = unversioned.replace(/-(20\d{6}|20\d\d-\d\d-\d\d|latest)$/, '');
  return [plain, ofMaker, unversioned, undated];
}

function* shorterNames(name: string): Generator<string, void> {
  for (let end = name.lastIndexOf('-'); end > 4; end = name.lastIndexOf('-', end - 1))
    yield name.slice(0, end);
}
