import { expect, test } from 'vitest';
import { textWith } from './matching.ts';
import { openProject } from './own-project.ts';

const { api } = await openProject();

const dataPoints = [{ asInt: '1' }, { asInt: '2' }];
const body = {
  resourceMetrics: [
    {
      scopeMetrics: [
        { metrics: [{ name: 'calls', sum: { dataPoints } }, { gauge: { dataPoints: [{}] } }] },
      ],
    },
  ],
};
const message = textWith('metrics are not stored');

test.each([
  '/v1/metrics',
  '/v1/metrics/',
  '/opentelemetry/v1/metrics',
  '/api/public/otel/v1/metrics',
])('says at %s that metrics are not stored', async (path) => {
  const answer = await api.ok('exportMetrics', { path, body });

  expect(answer).toEqual({ partialSuccess: { rejectedDataPoints: '3', errorMessage: message } });
});

test('has nothing to say of a request without data points', async () => {
  expect(await api.ok('exportMetrics', { body: {} })).toEqual({});
});

test('answers protobuf in protobuf', async () => {
  const put = (field: number, bytes: Buffer) =>
    Buffer.concat([Buffer.from([field * 8 + 2, bytes.length]), bytes]);
  const sum = put(7, Buffer.concat([put(1, Buffer.alloc(0)), put(1, Buffer.alloc(0))]));
  const raw = put(1, put(2, put(2, sum)));

  const answer = await api.send('exportMetrics', {
    raw,
    headers: { 'content-type': 'application/x-protobuf' },
  });

  const bytes = Buffer.from(answer.text);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/x-protobuf']);
  // `partial_success`, in it 2 as `rejected_data_points`, then the message.
  expect([bytes[0], ...bytes.subarray(2, 5)]).toEqual([0x0a, 0x08, 2, 0x12]);
  expect(bytes.toString()).toContain('metrics are not stored');
});
