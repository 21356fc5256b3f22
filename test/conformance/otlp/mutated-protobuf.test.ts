import { byLevel, createOperationCaller, startService } from 'honeyhive-testkit';
import { afterAll, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { captureProtobuf } from './traced.ts';

const requestCount = byLevel({ short: 200, full: 1_000 });
const service = await startService({ env: { HH_LOG_LEVEL: 'warn' } });
const api = createOperationCaller(service);
afterAll(() => service.stop());
const bodies = await captureProtobuf();

const send = (raw: Buffer) =>
  api.send('exportTraces', { raw, headers: { 'content-type': 'application/x-protobuf' } });

test('truncated or changed requests are stored or rejected, and never fail', async () => {
  const random = createRandom(7);
  const faults: string[] = [];
  for (let round = 0; round < requestCount; round += 1) {
    const body = Buffer.from(random.pick(bodies));
    for (let change = random.below(4); change > 0; change -= 1)
      body[random.below(body.length)] = random.below(256);
    const cut = random.oneIn(3) ? body.subarray(0, random.below(body.length)) : body;

    const { status, headers, text } = await send(cut);

    const isProtobuf = headers['content-type'] === 'application/x-protobuf';
    if (![200, 400].includes(status) || !isProtobuf)
      faults.push(`${status} ${text.slice(0, 200)} for ${cut.toString('hex')}`);
  }

  expect(faults).toEqual([]);
}, 600_000);

/** A field of the type that holds a length and then bytes. */
function put(field: number, inner: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = inner.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest >= 128 ? (rest % 128) + 128 : rest);
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from([field * 8 + 2, ...length]), inner]);
}

test('what nests without end, claims to be huge, or is nothing very often, is refused at once', async () => {
  let abyss: Buffer = Buffer.alloc(0);
  for (let level = 0; level < 3_000; level += 1) abyss = put(5, put(1, abyss));
  const span = [
    put(1, Buffer.alloc(16, 1)),
    put(2, Buffer.alloc(8, 1)),
    put(9, Buffer.concat([put(1, Buffer.from('a')), put(2, abyss)])),
  ];
  const deep = put(1, put(2, put(2, Buffer.concat(span))));
  const groups = Buffer.alloc(100_000, 0x0b);
  const claims = Buffer.from('0affffffff0f', 'hex');
  const empties = Buffer.concat(Array.from({ length: 2_100_000 }, () => Buffer.from([0x0a, 0])));

  const answers = [await send(deep), await send(groups), await send(claims), await send(empties)];

  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 413]);
  expect((await api.ok('getHealth')).status).toBe('ok');
});
