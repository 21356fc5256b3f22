import { expect, test } from 'vitest';
import { withFirstToken } from './first-token.ts';

const start = 1_760_000_000_000;
const readIn = (metadata: Record<string, unknown>): unknown =>
  withFirstToken(metadata, start)['time_to_first_token_ms'];

test.each([
  ['ttft_ms', 1250],
  ['msToFirstToken', '1250'],
  ['msToFirstChunk', 1250],
  ['timeToFirstTokenMs', 1250],
  ['time_to_first_chunk_ms', 1250],
  ['gen_ai.server.time_to_first_token', 1250],
  ['gen_ai.response.time_to_first_chunk', 1.25],
  ['gen_ai.server.ttft', '1.25'],
  ['completion_start_time', '2025-10-09T08:53:21.250Z'],
  ['completionStartTime', start + 1250],
  ['first_token_time', '2025-10-09T08:53:21.250'],
])('metadata.%s tells the time to the first token', (name, value) => {
  expect(readIn({ [name]: value })).toBe(1250);
  expect(withFirstToken({ [name]: value }, start)).toMatchObject({ [name]: value });
});

test.each([
  [{}],
  [{ ttft_ms: 'soon' }],
  [{ ttft_ms: null }],
  [{ completion_start_time: start - 1 }],
  [{ first_token_time: 'now' }],
])('%j tells none', (metadata) => {
  expect(withFirstToken(metadata, start)).toBe(metadata);
});

test('its own name wins', () => {
  expect(readIn({ time_to_first_token_ms: 5, ttft_ms: 7 })).toBe(5);
});
