import { expect, test } from 'vitest';
import { readRequest } from './read-request.ts';
import { traceSignal } from './signal.ts';

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

const requestOf = (attributes: readonly unknown[], spanCount: number) => ({
  resourceSpans: [
    {
      resource: { attributes },
      scopeSpans: [{ spans: Array.from({ length: spanCount }, () => ({})) }],
    },
  ],
});

test('each span has the attributes of its resource', async () => {
  const spans = await readRequest(requestOf([text('service.name', 'shop')], 3), traceSignal, 10);

  expect(spans.map(({ resource, issue }) => [resource['service.name'], issue])).toEqual(
    Array.from({ length: 3 }, () => ['shop', null]),
  );
});

test.each([
  ['text', [text('a', 'x'.repeat(1024 * 1024))]],
  ['many values', Array.from({ length: 9_000 }, (_, index) => text(`k${index}`, ''))],
])('what resources add to the spans of a request is bounded: %s', async (_what, attributes) => {
  const spans = await readRequest(requestOf(attributes, 1_000), traceSignal, 1_000);

  const stored = spans.filter(({ issue }) => issue === null).length;
  expect(stored).toBeGreaterThan(10);
  expect(stored).toBeLessThan(300);
  expect(spans.at(-1)?.issue).toMatchObject({
    field: 'resourceSpans[0].scopeSpans[0].spans[999]',
    message: expect.stringContaining('67108864 bytes or 2000000 values') as unknown,
  });
});

test('the attributes that every service sends are far below the bound', async () => {
  const attributes = Array.from({ length: 40 }, (_, index) => text(`k8s.${index}`, 'x'.repeat(50)));

  const spans = await readRequest(requestOf(attributes, 10_000), traceSignal, 10_000);

  expect(spans.filter(({ issue }) => issue !== null)).toEqual([]);
});
