import { onboardingText } from '../text/onboarding.ts';

/** What a snippet speaks of. */
export interface SnippetPlace {
  /** Address of the service, with its base path. */
  readonly url: string;
  /** The whole key, or what stands in its place. */
  readonly key: string;
  readonly project: string;
}

/** A way to send the first event: complete, to be run as it is. */
export interface Snippet {
  readonly id: 'curl' | 'typescript' | 'python' | 'vendor-typescript' | 'opentelemetry';
  readonly label: string;
  /** What has to be there first; null for nothing. */
  readonly install: string | null;
  readonly code: string;
  /** How to run it, where that does not go without saying. */
  readonly note?: string;
}

/** Stands for a key in snippets until one is made. */
export const keyPlaceholder = '<your key>';

export function toSnippets(place: SnippetPlace): readonly Snippet[] {
  return [
    { id: 'curl', label: 'curl', install: null, code: toCurl(place) },
    {
      id: 'typescript',
      label: 'TypeScript',
      install: null,
      code: toTypescript(place),
      note: onboardingText.clientNote,
    },
    { id: 'python', label: 'Python', install: 'pip install honeyhive', code: toPython(place) },
    {
      id: 'vendor-typescript',
      label: 'TypeScript, HoneyHive’s SDK',
      install: 'npm install honeyhive@1.0.42',
      code: toVendorTypescript(place),
    },
    {
      id: 'opentelemetry',
      label: 'OpenTelemetry',
      install: null,
      code: toOpenTelemetry(place),
      note: onboardingText.openTelemetryNote,
    },
  ];
}

/** In single quotes a shell reads nothing but the quote itself. */
const shell = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const json = (text: string) => JSON.stringify(text);

function toCurl({ url, key, project }: SnippetPlace): string {
  const event = {
    project,
    event_type: 'model',
    event_name: 'answer',
    inputs: { messages: [{ role: 'user', content: 'Where is my order?' }] },
    outputs: { role: 'assistant', content: 'It arrives tomorrow.' },
  };
  return `curl -sS ${shell(`${url}/events`)} \\
  -H ${shell(`authorization: Bearer ${key}`)} \\
  -H 'content-type: application/json' \\
  -d ${shell(JSON.stringify({ event }))}
`;
}

function toTypescript({ url, key, project }: SnippetPlace): string {
  return `import { HoneyHive } from 'honeyhive';

const client = new HoneyHive({
  apiKey: ${json(key)},
  baseUrl: ${json(url)},
  project: ${json(project)},
});
const { session_id } = await client.createSession({ session_name: 'first-session' });
await client.createEvent({
  session_id,
  event_type: 'model',
  event_name: 'answer',
  inputs: { messages: [{ role: 'user', content: 'Where is my order?' }] },
  outputs: { role: 'assistant', content: 'It arrives tomorrow.' },
});
await client.close();
`;
}

function toPython({ url, key, project }: SnippetPlace): string {
  return `from honeyhive import HoneyHive
from honeyhive.models import PostEventRequest

client = HoneyHive(api_key=${json(key)}, server_url=${json(url)})
session = client.sessions.start({
    "project": ${json(project)},
    "session_name": "first-session",
    "source": "dev",
})
client.events.create(PostEventRequest(event={
    "project": ${json(project)},
    "session_id": session.session_id,
    "event_type": "model",
    "event_name": "answer",
    "inputs": {"messages": [{"role": "user", "content": "Where is my order?"}]},
    "outputs": {"role": "assistant", "content": "It arrives tomorrow."},
}))
`;
}

function toVendorTypescript({ url, key, project }: SnippetPlace): string {
  return `import { HoneyHive } from 'honeyhive';

const client = new HoneyHive({ bearerAuth: ${json(key)}, serverURL: ${json(url)} });
await client.events.createEvent({
  event: {
    project: ${json(project)},
    source: 'dev',
    eventName: 'answer',
    eventType: 'model',
    config: {},
    inputs: { messages: [{ role: 'user', content: 'Where is my order?' }] },
    outputs: { role: 'assistant', content: 'It arrives tomorrow.' },
    duration: 800,
  },
});
`;
}

/** Headers and attributes are lists with commas, so that what is in them is escaped. Source: W3C Baggage. */
function toOpenTelemetry({ url, key, project }: SnippetPlace): string {
  const token = key === keyPlaceholder ? key : encodeURIComponent(key);
  const variables = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/opentelemetry`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token}`,
    OTEL_RESOURCE_ATTRIBUTES: `honeyhive.project=${encodeURIComponent(project)}`,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${shell(value)}\n`)
    .join('');
}
