import { expect, test } from 'vitest';
import { parseClickHouseUrl } from './clickhouse-address.ts';

test.each([
  [
    'http://localhost',
    { hosts: ['http://localhost:8123'], database: 'honeyhive', user: 'default', password: '' },
  ],
  [
    ' https://ann:p%40ss%3A%2C%2F@ch1,ch2:9443,[::1]/traces ',
    {
      hosts: ['https://ch1:8443', 'https://ch2:9443', 'https://[::1]:8443'],
      database: 'traces',
      user: 'ann',
      password: 'p@ss:,/',
    },
  ],
  [
    'http://ann@10.0.0.1:80/',
    { hosts: ['http://10.0.0.1:80'], database: 'honeyhive', user: 'ann', password: '' },
  ],
])('%s', (text, address) => {
  expect(parseClickHouseUrl(text)).toEqual(address);
});

test.each([
  '',
  'localhost:8123',
  'tcp://localhost:9000',
  'http://',
  'http://a,,b',
  'http://a/two/names',
  'http://a/data?user=ann',
  'http://a/da-ta',
  'http://ann:100%@a',
  'http://a:port',
])('%j is refused', (text) => {
  expect(parseClickHouseUrl(text)).toBeNull();
});
