import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { buildEvent, byLevel, createOperationCaller, startService } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Times as many requests at once as the other project has. */
const share = 50;
/** As many streams as one key may have. */
const streamCount = 20;
/** Requests of the quiet project in each half of a round; so many that their slowest one is their 99th percentile. */
const samples = 8;
/** Most rounds. */
const rounds = byLevel({ short: 3, full: 5 });
/** A few turns of the scheduler: beside a base of a few milliseconds they would double it on their own. */
const slackMs = 50;
const storedEvents = 1_000;

interface Project {
  readonly url: string;
  readonly key: string;
  readonly api: OperationCaller;
}

/**
 * The second service takes the flood for control: it burdens the machine just as much, so that what is compared does
 * not depend on how many processors there are and what else they do.
 */
const services = await Promise.all(
  [0, 1].map(() => startService({ env: { HH_LOG_LEVEL: 'error' } })),
);
afterAll(() => Promise.all(services.map((service) => service.stop())));

async function openProject(service: { url: string; key: string }, name: string): Promise<Project> {
  const organisation = createOperationCaller(service);
  const { id } = await organisation.ok('createProject', { body: { name } });
  const { api_key: key } = await organisation.ok('createKey', {
    body: { name, access: 'full', project: id },
  });
  return { url: service.url, key, api: createOperationCaller({ url: service.url, key }) };
}

const deepKeys = Array.from({ length: 7 }, (_, index) => `k${index}`);
const deep = (value: string): unknown =>
  deepKeys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

async function fill({ api }: Project): Promise<void> {
  for (let stored = 0; stored < storedEvents; stored += 500) {
    const events = Array.from({ length: 500 }, (_, index) =>
      buildEvent({
        inputs: { question: `number ${stored + index}`, list: [deep('x'), deep('y')] },
        metadata: { tree: deep('z'), text: 'word '.repeat(100) },
      }),
    );
    await api.ok('createEventBatch', { body: { events } });
  }
}

let quiet: Project;
let loud: Project;
let loudElsewhere: Project;
beforeAll(async () => {
  const [shared, other] = services;
  if (!shared || !other) throw new Error('two were started');
  quiet = await openProject(shared, 'quiet');
  loud = await openProject(shared, 'loud');
  loudElsewhere = await openProject(other, 'loud');
  for (const project of [quiet, loud, loudElsewhere]) await fill(project);
});

/** Sends one request after another, until it is stopped; resolves when the last one is answered. */
function repeat(send: () => Promise<unknown>): () => Promise<void> {
  let isRunning = true;
  const run = async (): Promise<void> => {
    while (isRunning) await send();
  };
  const running = Promise.all(Array.from({ length: share }, run));
  return async () => {
    isRunning = false;
    await running;
  };
}

/** How long a request of the quiet project takes, milliseconds: a page of its newest events that have a word. */
async function timeRead(): Promise<number> {
  const start = performance.now();
  await quiet.api.ok('exploreRows', {
    body: {
      scope: 'events',
      limit: 20,
      filters: [{ field: 'inputs.question', operator: 'contains', value: 'number' }],
    },
  });
  return performance.now() - start;
}

async function slowest(): Promise<number> {
  let most = 0;
  for (let index = 0; index < samples; index += 1) most = Math.max(most, await timeRead());
  return most;
}

/** Starts a flood; resolves with what ends it, once it has begun to be answered. */
type StartFlood = (from: Project) => Promise<() => Promise<void>>;

interface Round {
  readonly elsewhereMs: number;
  readonly besideMs: number;
}

async function slowestDuring(startFlood: StartFlood, from: Project): Promise<number> {
  const stop = await startFlood(from);
  const ms = await slowest();
  await stop();
  return ms;
}

/** Whether reads beside the flood take less than twice as long as while another service is flooded. */
const isFair = ({ besideMs, elsewhereMs }: Round): boolean => besideMs - slackMs < 2 * elsewhereMs;

/** Most of the rounds decide; it ends once the others could not change that. */
async function measure(
  startFlood: StartFlood,
): Promise<{ isFairMostly: boolean; found: readonly Round[] }> {
  const found: Round[] = [];
  const fairCount = () => found.filter(isFair).length;
  const most = Math.ceil(rounds / 2);
  while (fairCount() < most && found.length - fairCount() < most) {
    const elsewhereMs = await slowestDuring(startFlood, loudElsewhere);
    found.push({ elsewhereMs, besideMs: await slowestDuring(startFlood, loud) });
  }
  return { isFairMostly: fairCount() >= most, found };
}

/** Requests of a loud project, and what must not happen to them. */
function flood(send: (from: Project) => Promise<{ readonly status: number }>): StartFlood {
  return async (from) => {
    let tell = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const stop = repeat(async () => {
      const { status } = await send(from);
      tell();
      expect([200, 400, 429]).toContain(status);
    });
    await first;
    return stop;
  };
}

/** The flood, with streams that receive everything it stores. */
function besideStreams(startFlood: StartFlood): StartFlood {
  return async (from) => {
    const readers = Array.from({ length: streamCount }, () => readStream(from));
    await Promise.all(readers.map(({ opened }) => opened));
    const stop = await startFlood(from);
    return async () => {
      await stop();
      await Promise.all(readers.map(({ close }) => close()));
    };
  };
}

/** Reads a stream of a loud project to its end, and lets go of what it says. */
function readStream({ url, key }: Project): {
  readonly opened: Promise<void>;
  readonly close: () => Promise<void>;
} {
  const headers = { authorization: `Bearer ${key}` };
  const request = get(`${url}/v1/explore/tail`, { headers, agent: false });
  const opened = once(request, 'response').then(([response]: IncomingMessage[]) => {
    expect(response?.statusCode).toBe(200);
    response?.resume().on('error', () => undefined);
  });
  return {
    opened,
    async close() {
      const closed = once(request, 'close');
      request.destroy();
      await closed;
    },
  };
}

const heavyFilters = Array.from({ length: 5 }, (_, index) => ({
  field: `metadata.tree.${deepKeys.join('.')}`,
  operator: 'not contains',
  value: `a${index}`,
}));

const singleEvents = flood(({ api }) => api.send('createEvent', { body: buildEvent() }));

test.each<readonly [string, StartFlood]>([
  [
    'expensive queries',
    flood(({ api }) =>
      api.send('exploreRows', { body: { scope: 'events', filters: heavyFilters } }),
    ),
  ],
  ['cheap queries', flood(({ api }) => api.send('listEvents', { query: { limit: 1 } }))],
  ['single events', singleEvents],
  ['single events and twenty streams', besideStreams(singleEvents)],
])(
  'a project with fifty times as many %s does not make the reads of another one twice as slow',
  async (_what, startFlood) => {
    const { isFairMostly, found } = await measure(startFlood);

    expect(found).toSatisfy(() => isFairMostly);
  },
);
