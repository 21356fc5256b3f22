import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatOption } from './config-option.ts';
import { ConfigError, configOptions, findConfigWarnings, resolveConfig } from './config.ts';

const home = { HOME: '/home/ada' };

function problemsOf(flags: Record<string, string>, env: Record<string, string>): readonly string[] {
  try {
    resolveConfig(flags, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('resolveConfig', () => {
  test('without flags and variables every value is its default', () => {
    const { config, origins } = resolveConfig({}, home);

    expect(config).toStrictEqual({
      host: '127.0.0.1',
      port: 4040,
      basePath: '/',
      publicUrl: 'none',
      trustedProxies: 'none',
      corsOrigins: 'none',
      dataDir: '/home/ada/.honeyhive',
      firstKeyFile: 'none',
      grpcPort: 0,
      metricsPort: 0,
      metricsHost: '127.0.0.1',
      metricsKeyFile: 'none',
      maxBodyBytes: 52_428_800,
      maxBatchEvents: 10_000,
      maxBodiesBytes: 268_435_456,
      createProjects: 'by-sending',
      maxProjects: 10_000,
      maxQueueBytes: 67_108_864,
      queryTimeoutMs: 10_000,
      queryMemoryBytes: 1_073_741_824,
      rateLimitPerKey: 0,
      rateLimitPerProject: 0,
      rateLimitTotal: 0,
      eventLimitPerKey: 0,
      eventLimitPerProject: 0,
      eventLimitTotal: 0,
      shutdownTimeoutMs: 10_000,
      heldPatchDays: 7,
      fsync: 'off',
      clickhouseUrl: 'none',
      clickhouseUrlFile: 'none',
      ingestSpool: 'none',
      ingestSpoolBytes: 1_073_741_824,
      clickhousePasswordFile: 'none',
      clickhouseCaFile: 'none',
      clickhouseCluster: 'none',
      clickhouseInsertQuorum: 0,
      postgresUrl: 'none',
      postgresUrlFile: 'none',
      postgresConnections: 10,
      priceTable: 'on',
      smtpUrl: 'none',
      smtpUrlFile: 'none',
      smtpFrom: 'honeyhive@localhost',
      alertAllowedNetworks: 'none',
      secretsKeyFile: 'none',
      retentionIntervalMs: 3_600_000,
      alertDelayMs: 15_000,
      samplingHoldBytes: 33_554_432,
      samplingHoldMs: 900_000,
      logLevel: 'info',
    });
    expect(new Set(Object.values(origins))).toStrictEqual(new Set(['default']));
  });

  test('a flag wins over the environment, which wins over the default', () => {
    const { config, origins } = resolveConfig(
      { '--port': '0' },
      { ...home, HH_PORT: '9', HH_HOST: '::1' },
    );

    expect(config).toMatchObject({ port: 0, host: '::1', logLevel: 'info' });
    expect(origins).toMatchObject({ port: 'flag', host: 'environment', logLevel: 'default' });
  });

  test.each([
    ['none', 'none'],
    ['https://Obs.Example.com:443/', 'https://obs.example.com'],
    ['http://obs.test:4040', 'http://obs.test:4040'],
  ])('the public address %s is kept as browsers write it', (text, kept) => {
    const { config } = resolveConfig({}, { ...home, HH_PUBLIC_URL: text });

    expect(config.publicUrl).toBe(kept);
  });

  test.each([
    'obs.example.com',
    'ftp://obs.example.com',
    'https://obs.example.com/path',
    'https://',
  ])('no public address: %s', (text) => {
    expect(problemsOf({}, { HH_PUBLIC_URL: text })[0]).toContain('scheme, host and port alone');
  });

  test.each([
    ['loopback', 'loopback'],
    ['10.0.0.5 , 10.1.0.0/16,fd00::/8', '10.0.0.5,10.1.0.0/16,fd00::/8'],
  ])('the proxies %s are kept', (text, kept) => {
    const { config } = resolveConfig({}, { ...home, HH_TRUSTED_PROXIES: text });

    expect(config.trustedProxies).toBe(kept);
  });

  test.each(['proxy.example.com', '0.0.0.0/0', '10.0.0.0/33', '*', '10.0.0.5,', 'none,loopback'])(
    'no proxies: %s',
    (text) => {
      expect(problemsOf({}, { HH_TRUSTED_PROXIES: text })[0]).toContain('addresses such as');
    },
  );

  test.each([
    ['none', 'none'],
    ['*', '*'],
    ['https://app.example.com', 'https://app.example.com'],
    [
      'https://App.Example.com:443 , http://localhost:5173',
      'https://app.example.com,http://localhost:5173',
    ],
  ])('the origins %s are kept as browsers write them', (text, kept) => {
    expect(resolveConfig({}, { ...home, HH_CORS_ORIGINS: text }).config.corsOrigins).toBe(kept);
  });

  test.each([
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://*.example.com',
    'https://user@app.example.com',
    'ftp://app.example.com',
    'null',
    '*,https://app.example.com',
    'https://a.example,,https://b.example',
  ])('%s is no list of origins', (text) => {
    const [problem] = problemsOf({}, { ...home, HH_CORS_ORIGINS: text });

    expect(problem).toMatch(/^HH_CORS_ORIGINS .* must be none, \*, or origins such as/);
  });

  test('addresses of ClickHouse are checked, and never shown', () => {
    const url = 'https://ann:secret@ch1,ch2/traces';
    const { clickhouseUrl } = resolveConfig({}, { ...home, HH_CLICKHOUSE_URL: url }).config;
    const [problem] = problemsOf({}, { ...home, HH_CLICKHOUSE_URL: 'tcp://ann:secret@ch1:9000' });

    expect(clickhouseUrl).toBe(url);
    expect(formatOption(clickhouseUrl, configOptions.clickhouseUrl)).toBe('(set)');
    expect(problem).toMatch(/^HH_CLICKHOUSE_URL must be none, or a URL such as https:/);
    expect(problem).not.toContain('secret');
  });

  test('the result cannot be changed', () => {
    const { config, origins } = resolveConfig({}, home);

    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(origins)).toBe(true);
  });

  test.each([
    ['52428800', 52_428_800],
    ['2 MiB', 2_097_152],
    ['1GiB', 1_073_741_824],
  ])('a size may be written as %s', (text, bytes) => {
    expect(resolveConfig({ '--max-body-bytes': text }, home).config.maxBodyBytes).toBe(bytes);
  });

  test.each([
    ['/', '/'],
    ['/x/y/', '/x/y'],
    ['/a-b_c.d~e', '/a-b_c.d~e'],
  ])('the base path %s is %s', (given, expected) => {
    expect(resolveConfig({ '--base-path': given }, {}).config.basePath).toBe(expected);
  });

  test.each(['x', '///', '/x//y', '/..', '/a b', '/%2e', '/x?y', '/x;y'])(
    'the base path %s is refused',
    (given) => {
      expect(() => resolveConfig({}, { HH_BASE_PATH: given })).toThrow('HH_BASE_PATH');
    },
  );

  test('the data folder follows XDG_DATA_HOME unless that is relative', () => {
    const folder = (dataHome: string) =>
      resolveConfig({}, { ...home, XDG_DATA_HOME: dataHome }).config.dataDir;

    expect(folder('/data')).toBe('/data/honeyhive');
    expect(folder('data')).toBe('/home/ada/.honeyhive');
    expect(folder('')).toBe('/home/ada/.honeyhive');
  });

  test.each([
    ['~', '/home/ada'],
    ['~/x', '/home/ada/x'],
    ['x/../y', join(process.cwd(), 'y')],
    ['/x', '/x'],
  ])('the data folder %s is made absolute', (given, expected) => {
    expect(resolveConfig({ '--data-dir': given }, home).config.dataDir).toBe(expected);
  });

  test('all problems are reported together', () => {
    expect(
      problemsOf(
        { '--prot': '1', '--port': '70000' },
        {
          HH_DATADIR: '/x',
          HH_LOG_LEVEL: 'loud',
          HH_MAX_QUEUE_BYTES: '',
          HH_HELD_PATCH_DAYS: '1.5',
        },
      ),
    ).toStrictEqual([
      'option --prot is not known; did you mean --port?',
      'variable HH_DATADIR is not known; did you mean HH_DATA_DIR?',
      '--port "70000" must be a whole number from 0 to 65535',
      'HH_MAX_QUEUE_BYTES "" must not be empty',
      'HH_HELD_PATCH_DAYS "1.5" must be a whole number from 1 to 365 (days)',
      'HH_LOG_LEVEL "loud" must be one of fatal, error, warn, info, debug, trace, silent',
    ]);
  });

  test('KiB, MiB and GiB belong to sizes alone', () => {
    expect(problemsOf({ '--port': '1KiB' }, {})).toHaveLength(1);
  });

  test('variables of clients and of other programs are left alone', () => {
    const env = { HH_API_KEY: 'k', HH_API_URL: 'u', HH_PROJECT: 'p', HH_SOURCE: 's', PATH: '/bin' };

    expect(problemsOf({}, env)).toStrictEqual([]);
  });

  test('the error ends a program with code 78', () => {
    const error = new ConfigError(['a', 'b']);

    expect(error.exitCode).toBe(78);
    expect(error.message).toBe('The configuration is invalid:\n  a\n  b');
  });
});

describe('the table', () => {
  const options = Object.entries(configOptions);

  test.each(options)('%s: variable and flag follow from the name', (name, option) => {
    const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

    expect(option.flag).toBe(`--${words}`);
    expect(option.env).toBe(`HH_${words.replaceAll('-', '_').toUpperCase()}`);
  });

  test.each(options)(
    '%s: its default, as the reference page shows it, is accepted',
    (_, option) => {
      const { config } = resolveConfig({}, home);
      const shown = formatOption(option.default, option).replace(
        / (milliseconds|days|events|projects|connections)$/,
        '',
      );

      expect(resolveConfig({ [option.flag]: shown }, home).config).toStrictEqual(config);
    },
  );
});

describe('findConfigWarnings', () => {
  const { config: defaults } = resolveConfig({}, { HH_DATA_DIR: '/data' });
  const nobody = { ...defaults, publicUrl: 'none', trustedProxies: 'none' };
  const proxied = {
    ...defaults,
    publicUrl: 'https://obs.example.com',
    trustedProxies: '10.0.0.5',
  };

  test('servers that share their stores need one secrets key', () => {
    const shared = { ...defaults, clickhouseUrl: 'http://a', postgresUrlFile: '/run/url' };

    expect(findConfigWarnings(shared)[0]).toContain('HH_SECRETS_KEY_FILE');
    expect(findConfigWarnings({ ...shared, secretsKeyFile: '/run/key' })).toEqual([]);
    expect(findConfigWarnings({ ...shared, postgresUrlFile: 'none' })).toEqual([]);
  });

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('%s is this machine alone', (host) => {
    expect(findConfigWarnings({ ...nobody, host })).toStrictEqual([]);
  });

  test.each(['0.0.0.0', '::', '192.168.1.4', '127.evil.example'])(
    '%s is warned about, with what to set, until a proxy and the public address are named',
    (host) => {
      const [warning, ...others] = findConfigWarnings({ ...nobody, host });

      expect(warning).toContain('HH_PUBLIC_URL and HH_TRUSTED_PROXIES');
      expect(others).toEqual([]);
      expect(findConfigWarnings({ ...proxied, trustedProxies: 'none', host })[0]).toContain(
        'without HH_TRUSTED_PROXIES:',
      );
      expect(findConfigWarnings({ ...proxied, host })).toEqual([]);
    },
  );
});
