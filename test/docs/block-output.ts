const id = String.raw`[\w]{8}-[\w-]{27}`;
const instant = String.raw`20\d\d-\d\d-\d\dT[\d:.]+Z`;

/** The whole of what is printed. */
const exactly = (...lines: readonly string[]): RegExp => new RegExp(`^${lines.join('\n')}\n$`);

const health = /status: 'ok',[\s\S]*version: '\d+\.\d+\.\d+',[\s\S]*reachable: true/;

/**
 * What the TypeScript of the pages prints: the page and the heading → one pattern for each block below it, in order.
 */
export const blockOutput: Readonly<Record<string, readonly RegExp[]>> = {
  'README.md Ten lines': [/event_name: 'support-chat'[\s\S]*total_tokens: 17[\s\S]*event_count: 1/],
  'packages/client/README.md honeyhive': [exactly(id)],
  'docs/guide/alert-delivery.md Receiving a webhook': [exactly('false')],
  'docs/guide/client.md The client': [health],
  'docs/guide/client.md Sessions': [new RegExp(`^default ${instant} 0\n${id} onboarding\n`)],
  'docs/guide/client.md Events': [exactly('1 openai_completion'), exactly('100 0')],
  'docs/guide/client.md Projects and settings': [
    /sampling_rate: 0.1,[\s\S]*retention_days: 90,[\s\S]*alert_thresholds: \{ error_rate: 0.05 \}/,
  ],
  'docs/guide/client.md Events in the background': [
    new RegExp(String.raw`^${id} \d+\n(\d+) \1 \{\} 0 \{ status: 'stored' \}\n$`),
  ],
  'docs/guide/client.md Spool': [exactly('0')],
  'docs/guide/client.md Errors': [/^404 not_found getSession: .*"session_abc123"/],
  'docs/guide/client.md Redaction, sampling and rate limits': [exactly('0')],
  'docs/guide/client.md Tests without a network': [exactly(`${id} true`)],
  'docs/guide/client.md Blocking calls': [
    /^3 2\nthird\nsecond\nfirst\n404 getEvent: .*"event_xyz789"/,
    exactly('ok', 'ok'),
  ],
  'docs/guide/client.md Types of inputs and outputs': [
    exactly(String.raw`Where is my order\? It arrives tomorrow\.`),
  ],
  'docs/guide/client.md In the tests of an application': [
    /^2\n\[ \[ \{ session_id: 'session-1' \} \] \]\nHoneyHiveRateLimitError: slow down\n$/,
  ],
  'docs/guide/client.md Without Node.js': [exactly('ok')],
  'docs/guide/examples.md Initialization': [exactly('ok ok', id)],
  'docs/guide/examples.md Create sessions': [
    /^Created session: [\w-]{36}\n[\s\S]*user_id: 'user_123',[\s\S]*conversation_type: 'customer_support',[\s\S]*priority: 'high'/,
  ],
  'docs/guide/examples.md Get a session': [
    exactly(
      'Session project: default',
      `Session created: ${instant}`,
      String.raw`Event count: \d+`,
    ),
  ],
  'docs/guide/examples.md List sessions': [
    new RegExp(String.raw`^(\S+: .+\n)*${id}: listed\n(\S+: .+\n)*\d+ (true|false)\n$`),
  ],
  'docs/guide/examples.md Create an event': [exactly(`Created event: ${id}`)],
  'docs/guide/examples.md Get an event': [
    exactly('Event type: model', 'Event name: completion', 'Duration: 1500 ms'),
  ],
  'docs/guide/examples.md List events': [/^Event: completion \(model\)\n[\s\S]*^[1-9]\d*\n$/m],
  'docs/guide/examples.md Create a project': [
    new RegExp(`^${id} \\{ team: 'engineering', environment: 'production' \\}\n$`),
  ],
  'docs/guide/examples.md Get a project': [
    exactly(
      String.raw`Project: support-bot-\d+`,
      `Created: ${instant}`,
      String.raw`Total events: \d+`,
    ),
  ],
  'docs/guide/examples.md List projects': [
    /^Project: customer-support-bot-\d+ - AI-powered customer support chatbot$/m,
  ],
  'docs/guide/examples.md Get the configuration': [
    exactly('Sampling rate: 1', 'Retention days: null'),
  ],
  'docs/guide/examples.md Update the configuration': [
    exactly(String.raw`\{ error_rate: 0\.05, latency_p95: 5000 \}`),
  ],
  'docs/guide/examples.md Async client': [exactly(id)],
  'docs/guide/examples.md Async initialization': [exactly(id)],
  'docs/guide/examples.md Async session management': [/^production \d+\n$/],
  'docs/guide/examples.md Concurrent creation': [exactly('Created 10 events concurrently')],
  'docs/guide/examples.md Batch event creation': [
    exactly('Created 100 events', 'Failed: 0 events'),
  ],
  'docs/guide/examples.md Error handling': [exactly(id)],
  'docs/guide/examples.md Advanced configuration': [health],
  'docs/guide/examples.md Environment-based configuration': [health],
  'docs/guide/examples.md Context manager': [exactly('10')],
  'docs/guide/examples.md Dependency injection': [exactly(id, 'process_request')],
  'docs/guide/examples.md Factory': [
    new RegExp(`^production ${id}\ndevelopment ${id}\nundefined ${id}\n$`),
  ],
  'docs/guide/examples.md Connection pooling': [/^[1-9]\d*\n$/],
  'docs/guide/examples.md Request batching': [/^(Processed batch \d+\n){20}1000\n$/],
  'docs/guide/examples.md In the background': [exactly(String.raw`[1-9]\d* \{\}`)],
  'docs/guide/examples.md Without Node.js': [
    exactly(String.raw`done \[ \{ sent: 2, stored: 2, dropped: \{\}, retried: 0, pending: 0 \} \]`),
  ],
};
