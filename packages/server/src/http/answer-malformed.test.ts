import { expect, test } from 'vitest';
import { toMalformedProblem } from './answer-malformed.ts';

test.each([
  ['ERR_HTTP_REQUEST_TIMEOUT', 408, 'request_timeout'],
  ['HPE_HEADER_OVERFLOW', 431, 'headers_too_large'],
  ['HPE_INVALID_METHOD', 400, 'invalid_request'],
  ['', 400, 'invalid_request'],
])('%s is answered with %i', (code, status, errorCode) => {
  expect(toMalformedProblem(code)).toMatchObject({ status, code: errorCode });
});
