import { expect, test } from 'vitest';
import { judgeHost } from './clickhouse.ts';

const facts = {
  version: '26.7.2.1',
  clockOffsetMs: -12,
  freeBytes: 73e9,
  missingSettings: [],
  missingRights: [],
  replication: null,
};
const replication = { delaySeconds: 2, queueSize: 3, readOnlyTables: [], missingReplicas: 0 };

test('a server that has all it needs', () => {
  expect(judgeHost('https://ch1:8443', facts)).toEqual([
    { check: 'ClickHouse ch1:8443', state: 'ok', text: 'ClickHouse 26.7.2.1' },
    { check: 'ClickHouse ch1:8443', state: 'ok', text: 'rights: the user has them' },
    { check: 'ClickHouse ch1:8443', state: 'ok', text: 'clock: 12 ms behind this machine' },
    { check: 'ClickHouse ch1:8443', state: 'ok', text: 'disk: 73.0 GB free' },
  ]);
});

test.each([
  [{ missingSettings: ['merge_selector_base'] }, ['failed', 'ok', 'ok', 'ok']],
  [{ missingRights: ['ALTER ON traces.*'] }, ['ok', 'failed', 'ok', 'ok']],
  [{ missingRights: null }, ['ok', 'skipped', 'ok', 'ok']],
  [{ clockOffsetMs: 2_001 }, ['ok', 'ok', 'warning', 'ok']],
  [{ freeBytes: 19e9 }, ['ok', 'ok', 'ok', 'warning']],
  [{ freeBytes: 0.9e9 }, ['ok', 'ok', 'ok', 'failed']],
  [{ freeBytes: null }, ['ok', 'ok', 'ok', 'skipped']],
  [{ replication }, ['ok', 'ok', 'ok', 'ok', 'ok']],
  [{ replication: { ...replication, delaySeconds: 61 } }, ['ok', 'ok', 'ok', 'ok', 'warning']],
  [{ replication: { ...replication, missingReplicas: 1 } }, ['ok', 'ok', 'ok', 'ok', 'warning']],
  [
    { replication: { ...replication, readOnlyTables: ['events'] } },
    ['ok', 'ok', 'ok', 'ok', 'failed'],
  ],
] as const)('%j', (changes, states) => {
  expect(judgeHost('https://ch1:8443', { ...facts, ...changes }).map(({ state }) => state)).toEqual(
    states,
  );
});

test('a right that is missing is named as GRANT takes it', () => {
  const [, rights] = judgeHost('http://ch1:8123', {
    ...facts,
    missingRights: ['ALTER ON traces.*', 'SELECT ON system.parts'],
  });

  expect(rights?.nextStep).toBe('GRANT ALTER ON traces.* TO …; GRANT SELECT ON system.parts TO …;');
});

test('how far a replica is behind is said in words', () => {
  const found = judgeHost('http://ch1:8123', { ...facts, replication });

  expect(found.at(-1)?.text).toBe('replication: 2.00 s behind, 3 tasks in the queue');
});
