import fc from 'fast-check';
import { byLevel, call, fillPath, startService } from 'honeyhive-testkit';
import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import { afterAll, expect, test } from 'vitest';
import { spoil, spoilable } from '../conformance/malformed-body.ts';
import type { MalformedRequest } from '../conformance/malformed-body.ts';
import { createRandom } from '../conformance/random.ts';
import type { Random } from '../conformance/random.ts';
import { packers } from './bombs.ts';
import { probeHealth } from './health-prober.ts';

/** `FUZZ_BODIES=100000 npm test -- --only faults fuzzed-bodies` is a longer run. */
const count = Number(process.env['FUZZ_BODIES'] ?? byLevel({ short: 2_000, full: 10_000 }));
const seed = 20_261_130;
/** Requests at a time. */
const lanes = 6;

const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
afterAll(() => service.stop());

interface Fuzzed {
  readonly request: MalformedRequest;
  readonly hasKey: boolean;
  readonly encoding: string;
  readonly raw: Buffer;
}

/** Some bytes of it changed, duplicated, left out or put elsewhere. */
function mutate(bytes: Buffer, random: Random): Buffer {
  let mutated = Buffer.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(mutated.length + 1);
    const [head, tail] = [mutated.subarray(0, at), mutated.subarray(at)];
    const middle = random.pick([
      Buffer.from([random.below(256)]),
      tail.subarray(0, random.below(64)),
      Buffer.from(random.pick(['[', '{', '}', ']', '"', '\\u', '1e999', ',', '{"a":'])),
    ]);
    mutated = Buffer.concat([head, middle, tail.subarray(random.below(4))]);
  }
  return mutated;
}

const randomJson = fc.sample(fc.json({ depthSize: 'large' }), { seed, numRuns: 200 });

function makeBody(request: MalformedRequest, random: Random): Buffer {
  const kind = random.below(6);
  if (kind === 0) return Buffer.from(random.pick(randomJson));
  if (kind === 1)
    return Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256)));
  if (kind === 2) return mutate(request.bytes, random);
  // The same many times over, as a bomb is made.
  if (kind === 3)
    return Buffer.from(request.bytes.toString().replace('{', '{"x":['.repeat(random.below(300))));
  return request.bytes;
}

function fuzz(random: Random): Fuzzed {
  const spoilt = spoil(random);
  // Every operation has its turn, with a body that may have been meant for another.
  const id = random.oneIn(3) ? random.pick(spoilable) : spoilt.id;
  const request = { ...spoilt, id, path: random.pick<string>(operations[id].paths) };
  const encoding = random.pick(['identity', ...Object.keys(packers)]);
  const packed = packers[encoding]?.(makeBody(request, random)) ?? request.bytes;
  const isBroken = random.oneIn(4) && packed.length > 0;
  return {
    request,
    encoding,
    hasKey: !random.oneIn(4),
    raw: isBroken ? mutate(packed, random) : packed,
  };
}

async function judge({ request, hasKey, encoding, raw }: Fuzzed): Promise<string | null> {
  const { method }: Operation = operations[request.id];
  const { status, headers, text } = await call(
    service,
    `${method} ${fillPath(request.path, request.params)}`,
    {
      raw,
      key: hasKey ? service.key : null,
      headers: {
        ...request.headers,
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding.split(',')[0] ?? '' }),
      },
    },
  );
  // Full: the only answer of this kind that a body may lead to.
  if (status < 500 || (status === 503 && headers['retry-after'] !== undefined)) return null;
  return `${request.how}, ${encoding}: ${request.id} ${status} ${text.slice(0, 300)}`;
}

test(`${count} fuzzed bodies lead to no 5xx, and hold nobody up`, async () => {
  const random = createRandom(seed);
  const faults: string[] = [];
  let left = count;
  const run = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const fault = await judge(fuzz(random));
      if (fault !== null) faults.push(fault);
    }
  };

  const { health } = await probeHealth(service, () =>
    Promise.all(Array.from({ length: lanes }, run)),
  );

  expect(faults).toEqual([]);
  expect(health.failed).toBe(0);
  expect(health.slowestMs).toBeLessThan(250);
  expect(service.isRunning()).toBe(true);
});
