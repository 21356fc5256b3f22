import { buildEvent, createOperationCaller, startService } from 'honeyhive-testkit';
import type { OperationCaller } from 'honeyhive-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Times as many requests at once as the other project has. */
const share = 50;
/** Requests of the quiet project in each half of a round; so many that their slowest one is their 99th percentile. */
const samples = 8;
/** What else runs on the machine disturbs rounds, but not all of them. */
const maxRounds = 8;
const storedEvents = 1_000;

const service = await startService({ env: { HH_LOG_LEVEL: 'error' } });
const organisation = createOperationCaller(service);
afterAll(() => service.stop());

interface Project {
  readonly key: string;
  readonly api: OperationCaller;
}

async function openProject(name: string): Promise<Project> {
  const { id } = await organisation.ok('createProject', { body: { name } });
  const { api_key: key } = await organisation.ok('createKey', {
    body: { name, access: 'full', project: id },
  });
  return { key, api: createOperationCaller({ url: service.url, key }) };
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

let loud: Project;
let quiet: Project;
beforeAll(async () => {
  [loud, quiet] = [await openProject('loud'), await openProject('quiet')];
  await fill(loud);
  await fill(quiet);
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
type StartFlood = () => Promise<() => Promise<void>>;

/** The slowest request of the quiet project beside the flood, as a multiple of the one without it; of the best round. */
async function measure(
  startFlood: StartFlood,
): Promise<{ best: number; rounds: readonly string[] }> {
  await slowest();
  let best = Infinity;
  const rounds: string[] = [];
  while (rounds.length < maxRounds && best >= 2) {
    const before = await slowest();
    const stop = await startFlood();
    const beside = await slowest();
    await stop();
    const alone = Math.max(before, await slowest());
    best = Math.min(best, beside / alone);
    rounds.push(`alone ${alone.toFixed(0)} ms, beside ${beside.toFixed(0)} ms`);
  }
  return { best, rounds };
}

/** Requests of the loud project, and what must not happen to them. */
function flood(send: () => Promise<{ readonly status: number }>): StartFlood {
  return async () => {
    let tell = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const stop = repeat(async () => {
      const { status } = await send();
      tell();
      expect([200, 400, 429]).toContain(status);
    });
    await first;
    return stop;
  };
}

const heavyFilters = Array.from({ length: 5 }, (_, index) => ({
  field: `metadata.tree.${deepKeys.join('.')}`,
  operator: 'not contains',
  value: `a${index}`,
}));

test.each<readonly [string, StartFlood]>([
  [
    'expensive queries',
    flood(() => loud.api.send('exploreRows', { body: { scope: 'events', filters: heavyFilters } })),
  ],
  ['cheap queries', flood(() => loud.api.send('listEvents', { query: { limit: 1 } }))],
  ['single events', flood(() => loud.api.send('createEvent', { body: buildEvent() }))],
])(
  'a project with fifty times as many %s does not make the reads of another one twice as slow',
  async (_what, startFlood) => {
    const { best, rounds } = await measure(startFlood);

    expect(rounds).toSatisfy(() => best < 2);
  },
);
