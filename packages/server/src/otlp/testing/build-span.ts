import type { Span } from '../span.ts';

/** What a test says of a span. */
export type SpanParts = Partial<Span>;

/** A span of a second without anything in it but what the test says. */
export const buildSpan = (parts: SpanParts = {}): Span => ({
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: 'aaaaaaaaaaaaaaaa',
  parentSpanId: null,
  name: 'step',
  kind: null,
  startTime: 1_760_000_000_000,
  endTime: 1_760_000_001_000,
  attributes: {},
  resource: {},
  scope: {},
  events: [],
  links: [],
  isFailed: false,
  statusMessage: '',
  extra: {},
  ...parts,
});
