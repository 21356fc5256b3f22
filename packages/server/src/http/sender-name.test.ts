import { expect, test } from 'vitest';
import { readSenderName } from './sender-name.ts';

test.each([
  ['honeyhive-ts/0.1.0', 'honeyhive-ts/0.1.0'],
  ['OTel-OTLP-Exporter-JavaScript/0.56.0', 'OTel-OTLP-Exporter-JavaScript/0.56.0'],
  ['OTel OTLP Exporter Python/1.2.3', 'OTel OTLP Exporter Python/1.2.3'],
  ['python-requests/2.32.3', 'python-requests/2.32.3'],
  ['undici', 'undici'],
  ['curl/8.5.0 (internal host db7)', 'curl/8.5.0'],
  [undefined, null],
  ['', null],
  ['b-billing-service/1.2 (internal host db7)', null],
  ['YOUR KEY EXPIRED - renew at http://evil.example/login', null],
  ['curl-your-key-expired', null],
  ['nodeSECRET', null],
  ['my curl/8.5.0', null],
])('%j is %j', (header, name) => {
  expect(readSenderName(header)).toBe(name);
});
