import type { WireRequest, WireResponse } from '../wire/pipeline.ts';

/** A request with everything that a layer looks at. */
export const buildRequest = (over: Partial<WireRequest> = {}): WireRequest => ({
  operation: 'createEvent',
  method: 'POST',
  path: '/events',
  headers: {},
  body: '{}',
  replay: 'safe',
  needsKey: true,
  startedAtMs: 0,
  timeoutMs: 30_000,
  ...over,
});

export const buildResponse = (over: Partial<WireResponse> = {}): WireResponse => ({
  status: 200,
  headers: {},
  body: '{}',
  ...over,
});
