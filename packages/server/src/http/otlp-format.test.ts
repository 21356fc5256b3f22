import { describe, expect, it } from 'vitest';
import { Problem } from '../domain/problem.ts';
import { encodeAnswer, encodeError } from './otlp-format.ts';

const protobuf = { 'content-type': 'application/x-protobuf' };
const json = { 'content-type': 'application/json' };

describe('encodeError', () => {
  it.each([
    ['unavailable', 14],
    ['rate_limited', 8],
    ['unauthenticated', 16],
    ['forbidden', 7],
    ['too_large', 3],
    ['internal', 13],
  ] as const)('says %s as %i in both encodings', (code, rpcCode) => {
    const problem = new Problem(code, 'later');

    const asJson = encodeError(problem, 'exportTraces', json);
    const asProtobuf = encodeError(problem, 'exportTraces', protobuf);

    expect(asJson?.body).toMatchObject({ code: rpcCode, message: 'later', errorCode: code });
    expect(asProtobuf).toEqual({
      type: 'application/x-protobuf',
      body: Buffer.concat([Buffer.from([0x08, rpcCode, 0x12, 5]), Buffer.from('later')]),
    });
  });

  it('leaves other operations alone', () => {
    expect(encodeError(new Problem('internal', 'x'), 'createEvent', protobuf)).toBeNull();
    expect(encodeError(new Problem('not_found', 'x'), undefined, protobuf)).toBeNull();
  });
});

describe('encodeAnswer', () => {
  it('says in protobuf how many spans were rejected, and why', () => {
    const body = { partialSuccess: { rejectedSpans: '300', errorMessage: 'no id' } };

    const answer = encodeAnswer({ status: 200, headers: {}, body }, protobuf);

    const partial = Buffer.concat([Buffer.from([0x08, 0xac, 0x02, 0x12, 5]), Buffer.from('no id')]);
    expect(answer.body).toEqual(Buffer.concat([Buffer.from([0x0a, partial.length]), partial]));
  });

  it('leaves JSON as it is', () => {
    const reply = { status: 200, headers: {}, body: {} };

    expect(encodeAnswer(reply, json)).toBe(reply);
  });
});
