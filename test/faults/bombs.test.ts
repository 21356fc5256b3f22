import { byLevel, call, startService } from 'honeyhive-testkit';
import type { Answer } from 'honeyhive-testkit';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { bombs, keylessBombs, packers } from './bombs.ts';
import type { Bomb } from './bombs.ts';
import { probeHealth } from './health-prober.ts';

const MiB = 1024 ** 2;
/** How long others may wait for an answer while somebody does this, on a machine with nothing else to do. */
const mostMs = 250;
/** As many as an event may have; reading and writing them takes a tenth to a quarter of that there. */
const manyValues = `[${'{},'.repeat(199_999)}{}]`;

/** The same on the machine as it is now: it may be slow, or busy with something else. */
function readMostMs(): number {
  const start = performance.now();
  JSON.stringify(JSON.parse(manyValues));
  return Math.max(mostMs, 6 * (performance.now() - start));
}

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const before = readRss();
/** For protobuf: what JSON leaves in a process, its collections and optimised code, is not what a span costs. */
const spanService = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
afterAll(async () => void (await Promise.all([service.stop(), spanService.stop()])));

const serviceFor = ({ type }: Bomb) => (type === 'application/json' ? service : spanService);

/** Resident memory of the service; null where the system does not tell. */
function readRss(): number | null {
  const file = `/proc/${service.pid}/status`;
  if (!existsSync(file)) return null;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) * 1024;
}

/** A packing, and how large the body is that is packed. */
type Charge = readonly [encoding: string, bytes: number];

const small: readonly Charge[] = [['gzip', 6 * MiB]];
/** As large as a body may be, and in every packing. */
const all: readonly Charge[] = [
  ...Object.keys(packers).map((encoding): Charge => [encoding, 6 * MiB]),
  ...byLevel({ short: ['gzip'], full: ['gzip', 'br', 'zstd'] }).map((encoding): Charge => [
    encoding,
    50 * MiB - 1024,
  ]),
];

/** What was packed already: most bodies are sent without a key, and then with one. */
const packed = new Map<string, Buffer>();

function pack({ type, name, make }: Bomb, [encoding, bytes]: Charge): Buffer {
  const kept = `${type} ${name} ${encoding} ${bytes}`;
  const raw = packed.get(kept) ?? packers[encoding]?.(make(bytes)) ?? Buffer.alloc(0);
  packed.set(kept, raw);
  return raw;
}

interface Blast {
  readonly bomb: Bomb;
  readonly key: string | null;
  readonly charges: readonly Charge[];
}

/** Sends the bomb twice at a time in each packing. @returns what each was answered */
async function blow({ bomb, key, charges }: Blast): Promise<string[]> {
  const seen: string[] = [];
  for (const charge of charges) {
    const [encoding] = charge;
    const raw = pack(bomb, charge);
    const headers = {
      'content-type': bomb.type,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding.split(',')[0] ?? '' }),
    };
    // A refused body that takes longer than some seconds to come is closed on.
    const send = () =>
      call(serviceFor(bomb), bomb.route, { raw, key, headers }).then(
        describeAnswer,
        () => 'closed',
      );
    seen.push(...(await Promise.all([send(), send()])));
  }
  return seen;
}

/** The status; `later` where the queue of what waits to be stored, or the memory for bodies, is full. */
function describeAnswer({ status, headers, text }: Answer): string {
  if ((status === 429 || status === 503) && headers['retry-after'] !== undefined) return 'later';
  return status < 500 ? String(status) : `${status} ${text}`;
}

/** What is read takes its time each time; a collection of what earlier bombs left behind does not come again. */
const attempts = 3;

/** What is wrong about how the service took it: answers that nobody should get, and others that were held up. */
async function findFaults(blast: Blast, allowed: readonly string[]): Promise<string[]> {
  const slowest: number[] = [];
  while (slowest.length < attempts) {
    const bound = readMostMs();
    const { result, health } = await probeHealth(serviceFor(blast.bomb), () => blow(blast));
    const faults = [
      ...result.filter((answer) => !allowed.includes(answer)),
      ...(health.failed > 0 ? [`/health failed ${health.failed} times`] : []),
    ];
    if (faults.length > 0 || health.slowestMs < bound) return faults;
    slowest.push(health.slowestMs);
  }
  return [`/health took ${slowest.join(', ')} ms`];
}

describe('without a key', () => {
  test.each(keylessBombs)('$name to $route', async (bomb) => {
    const allowed = ['400', '413', 'later', 'closed'];

    expect(await findFaults({ bomb, key: null, charges: all }, allowed)).toEqual([]);
  });

  test.each(bombs)('$name to $route is not read', async (bomb) => {
    expect(await findFaults({ bomb, key: null, charges: small }, ['401', 'closed'])).toEqual([]);
  });
});

const answers = ['200', '400', '413', 'later', 'closed'];
const thorough = new Set(['a batch of empty objects', 'an abyss']);

describe('with a key', () => {
  test.each(bombs)('$name to $route', async (bomb) => {
    const charges = thorough.has(bomb.name) ? all : small;

    expect(await findFaults({ bomb, key: serviceFor(bomb).key, charges }, answers)).toEqual([]);
  });
});

test('memory comes back', async () => {
  const held = async () => (await call(service, 'GET /metrics')).text;

  await expect.poll(held).toMatch(/^honeyhive_bodies_bytes 0$/m);
  // What the allocators keep for later is more than what a quiet service has, and a tenth of what one bomb took.
  const after = readRss();
  expect((after ?? 0) - (before ?? 0)).toBeLessThan(700 * MiB);
});
