import { describe, expect, test } from 'vitest';
import { HoneyHiveConfigError } from '../errors/errors.ts';
import { optionTable } from './option-table.ts';
import { resolveOptions } from './resolve-options.ts';

const key = 'hh_abcdefghijkl_0123456789abcdefghijklmnopqrstuv';

function problemsOf(options: unknown, environment = {}): readonly string[] {
  try {
    resolveOptions(options, environment);
  } catch (error) {
    if (error instanceof HoneyHiveConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('resolveOptions', () => {
  test('has the default of each option when nothing is given', () => {
    const defaults = Object.fromEntries(
      Object.entries(optionTable).map(([name, row]) => [name, row.default]),
    );

    expect(resolveOptions(undefined, {})).toEqual(defaults);
  });

  test('takes what is given over the environment, and that over the default', () => {
    const environment = { HH_TIMEOUT: '60', HH_MAX_RETRIES: '5', HH_PROJECT: 'from-env' };

    const options = resolveOptions({ timeout: 2.5, project: undefined }, environment);

    expect(options).toMatchObject({ timeout: 2.5, maxRetries: 5, project: 'from-env' });
    expect(options.maxConnections).toBe(100);
  });

  test.each([
    ['apiKey', 'HH_API_KEY', key, key],
    ['apiKey', 'HONEYHIVE_API_KEY', `${key}\n`, key],
    ['baseUrl', 'HH_API_URL', 'http://localhost:4040/', 'http://localhost:4040'],
    ['baseUrl', 'HH_BASE_URL', 'https://example.com/honeyhive//', 'https://example.com/honeyhive'],
    ['project', 'HH_PROJECT', 'support', 'support'],
    ['source', 'HH_SOURCE', 'production', 'production'],
    ['timeout', 'HH_TIMEOUT', '0.5', 0.5],
    ['maxRetries', 'HH_MAX_RETRIES', '0', 0],
    ['maxConnections', 'HH_MAX_CONNECTIONS', '7', 7],
    ['rateLimitCalls', 'HH_RATE_LIMIT_CALLS', '50', 50],
    ['rateLimitWindow', 'HH_RATE_LIMIT_WINDOW', '0.5', 0.5],
    ['testMode', 'HH_TEST_MODE', 'TRUE', true],
    ['verbose', 'HH_VERBOSE', '0', false],
  ] as const)('reads %s from %s', (name, variable, text, value) => {
    expect(resolveOptions({}, { [variable]: text })[name]).toBe(value);
  });

  test('takes the first variable of an option that is not empty', () => {
    const environment = { HH_API_KEY: '', HONEYHIVE_API_KEY: key };

    expect(resolveOptions({}, environment).apiKey).toBe(key);
  });

  test.each([
    [{ serverUrl: 'http://a.example' }, { baseUrl: 'http://a.example' }],
    [{ maxKeepaliveConnections: 3 }, { maxKeepalive: 3 }],
    [{ retryJitter: false }, { retryJitter: 0 }],
    [
      {
        retryConfig: {
          maxRetries: 1,
          backoffFactor: 0,
          backoffMax: 5,
          statusCodes: [503],
          jitter: true,
        },
      },
      {
        maxRetries: 1,
        retryBackoffFactor: 0,
        retryBackoffMax: 5,
        retryOnStatusCodes: [503],
        retryJitter: 1,
      },
    ],
    [{ spool: { dir: 'a' } }, { spool: { dir: 'a', maxBytes: 268_435_456 } }],
    [{ headers: { 'X-Team': 'care' } }, { headers: { 'x-team': 'care' } }],
  ])('reads %j as %j', (given, expected) => {
    expect(resolveOptions(given, {})).toMatchObject(expected);
  });

  test.each([
    [{ api_key: key }, 'api_key is not an option; did you mean apiKey?'],
    [{ serverURL: 'http://a.example' }, 'serverURL is not an option; did you mean serverUrl?'],
    [{ colour: 'red' }, 'colour is not an option'],
    [
      { retryConfig: { maxRetry: 1 } },
      'retryConfig.maxRetry is not an option; did you mean retryConfig.maxRetries?',
    ],
    [{ retryConfig: 3 }, 'retryConfig must be an object'],
    [
      { baseUrl: 'http://a.example', serverUrl: 'http://b.example' },
      'baseUrl and serverUrl are one option; give one of them',
    ],
    [
      { maxRetries: 1, retryConfig: { maxRetries: 2 } },
      'maxRetries and retryConfig.maxRetries are one option; give one of them',
    ],
    [{ timeout: 0 }, 'timeout must be a number of seconds above 0, at most 86400; got 0'],
    [{ timeout: '30' }, 'timeout must be a number of seconds above 0, at most 86400; got string'],
    [{ timeout: 90_000 }, 'timeout must be a number of seconds above 0, at most 86400; got 90000'],
    [{ maxRetries: -1 }, 'maxRetries must be a whole number from 0 to 1000; got -1'],
    [{ maxConnections: 1.5 }, 'maxConnections must be a whole number from 1 to 100000; got 1.5'],
    [{ retryJitter: 2 }, 'retryJitter must be a number from 0 to 1, or true or false; got 2'],
    [
      { retryOnStatusCodes: [200] },
      'retryOnStatusCodes must be a list of HTTP statuses, 300 to 599; got a list',
    ],
    [
      { baseUrl: 'localhost:4040' },
      'baseUrl must be an http or https URL, such as https://api.honeyhive.ai',
    ],
    [
      { baseUrl: 'https://user:secret@a.example' },
      'baseUrl must not hold a user or password; use apiKey or headers',
    ],
    [{ baseUrl: 'https://a.example/?x=1' }, 'baseUrl must not have a query or fragment'],
    [{ apiKey: 'two words' }, 'apiKey must be letters, digits and signs of ASCII without spaces'],
    [{ project: ' ' }, 'project must be text that is not blank'],
    [{ apiKey: null }, 'apiKey must be text that is not blank; got null'],
    [
      { headers: { 'content-length': '3' } },
      'headers has content-length, which the client sets itself',
    ],
    [{ headers: { 'a b': '3' } }, 'headers has the name "a b", which is not that of a header'],
    [
      { headers: { 'x-a': 'one\r\ntwo' } },
      'headers has a value for x-a that is not text of one line',
    ],
    [{ spool: 'dir' }, 'spool must be an object with dir and maxBytes'],
    [{ spool: { dir: '' } }, 'spool must have a dir that names a folder'],
    [
      { spool: { dir: 'a', maxBytes: 0.5 } },
      'spool must have a maxBytes that is a whole number from 1',
    ],
    [
      { spool: { dir: 'a', maxbytes: 5 } },
      'spool has maxbytes, where only dir and maxBytes can be',
    ],
    ['https://a.example', 'the options must be an object'],
  ])('refuses %j', (given, problem) => {
    expect(problemsOf(given)).toEqual([problem]);
  });

  test('names the variable that holds a bad value', () => {
    expect(problemsOf({}, { HH_TIMEOUT: 'soon', HH_MAX_RETRIES: '1.5' })).toEqual([
      'HH_TIMEOUT must be a number of seconds above 0, at most 86400; got NaN',
      'HH_MAX_RETRIES must be a whole number from 0 to 1000; got 1.5',
    ]);
  });

  test('reports what is wrong with the newer options together with the others', () => {
    const given = {
      baseUrl: 'http://a.example',
      serverUrl: 'http://b.example',
      rateLimitCalls: 1.5,
      sampling: 2,
      redact: { paths: ['a['] },
      testMode: 'yes',
      proxyUrl: 'ftp://user:secret@a.example',
      sslCertPath: '/nowhere/at/all.pem',
      verifySsl: 0,
      logger: {},
      tracerInstance: 5,
      writeTimeout: 0,
    };

    const problems = problemsOf(given, { HH_VERBOSE: 'loud', HH_RATE_LIMIT_WINDOW: 'long' });

    expect(problems).toHaveLength(13);
    for (const name of ['baseUrl and serverUrl', 'HH_VERBOSE', 'HH_RATE_LIMIT_WINDOW']) {
      expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    }
    expect(problems.join()).not.toContain('secret');
  });

  test('reports every problem at once, and no value that may be a secret', () => {
    const given = { apiKey: `${key} ${key}`, headers: { 'x-token': `${key}\n` }, timout: 1 };

    let error: unknown;
    try {
      resolveOptions(given, { HH_MAX_CONNECTIONS: '0' });
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toBeInstanceOf(HoneyHiveConfigError);
    expect(error).toMatchObject({ code: 'invalid_options', problems: { length: 4 } });
    expect(String(error)).toContain('4 options cannot be used:');
    expect(JSON.stringify(error) + String(error)).not.toContain('0123456789');
  });
});
