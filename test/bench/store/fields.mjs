// What the events of the load carry besides text: models, prices, nested metadata, errors.

export const models = [
  { name: 'gpt-4o', provider: 'openai', usdPerMillion: [2.5, 10] },
  { name: 'gpt-4o-mini', provider: 'openai', usdPerMillion: [0.15, 0.6] },
  { name: 'claude-sonnet-4-5', provider: 'anthropic', usdPerMillion: [3, 15] },
  { name: 'claude-haiku-4-5', provider: 'anthropic', usdPerMillion: [1, 5] },
  { name: 'gemini-2.5-flash', provider: 'google', usdPerMillion: [0.3, 2.5] },
  { name: 'gemini-2.5-pro', provider: 'google', usdPerMillion: [1.25, 10] },
  { name: 'llama-3.3-70b', provider: 'groq', usdPerMillion: [0.59, 0.79] },
  { name: 'mistral-large', provider: 'mistral', usdPerMillion: [2, 6] },
];

export const errors = [
  'TimeoutError: the model did not answer within 60 s',
  'RateLimitError: 429 too many requests',
  'ValidationError: output is not JSON',
  'ContextLengthExceeded: 131072 tokens at most',
  'ConnectionError: socket hang up',
];

const groups =
  'user deployment retrieval experiment guardrail cache routing tenant request agent plan billing device locale quality safety prompt index queue trace'.split(
    ' ',
  );
const keys = 'name region version plan score count latency enabled tier label'.split(' ');
const labels = ['alpha', 'beta', 'eu-west', 'us-east', 'free', 'pro', 'team', 'enterprise'];

/** Nested paths that metadata uses, `user.name` to `trace.label`. */
export const metadataPaths = groups.flatMap((group) => keys.map((key) => `${group}.${key}`));

function drawValue(dice, key) {
  switch (key) {
    case 'score':
      return Math.round(dice.next() * 1000) / 1000;
    case 'count':
      return dice.below(50);
    case 'latency':
      return Math.round(dice.exponential(120));
    case 'enabled':
      return dice.chance(0.7);
    case 'version':
      return `1.${dice.below(20)}.${dice.below(8)}`;
    default:
      return dice.pickEarly(labels);
  }
}

/** Two to four groups of some keys each: frequent groups are in most events, the last ones are rare. */
export function drawMetadata(dice) {
  const metadata = {};
  for (let count = 2 + dice.below(3); count > 0; count -= 1) {
    const group = (metadata[dice.pickEarly(groups)] ??= {});
    for (let more = 2 + dice.below(4); more > 0; more -= 1) {
      const key = dice.pick(keys);
      group[key] = drawValue(dice, key);
    }
  }
  return metadata;
}

export const toolNames = ['search_orders', 'search_docs', 'send_mail', 'get_weather', 'run_sql'];
export const chainNames = ['turn', 'plan', 'retrieve', 'summarise', 'route'];
