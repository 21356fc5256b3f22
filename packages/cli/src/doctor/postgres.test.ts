import { expect, test } from 'vitest';
import { judgePostgres } from './postgres.ts';

const facts = {
  version: '15.14',
  major: 15,
  encoding: 'UTF8',
  isStandby: false,
  mayCreate: true,
  aheadMs: 3,
  maxConnections: 97,
  unsafeSettings: [],
};

test('a server that is as it should be', () => {
  expect(judgePostgres(facts, 10)).toEqual([
    { check: 'PostgreSQL', state: 'ok', text: 'version 15.14, writable, clock in step' },
  ]);
});

test.each([
  [{ version: '12.1', major: 12 }, 'failed', 'version 12.1 is older than 14'],
  [{ encoding: 'SQL_ASCII' }, 'failed', 'the database has the encoding SQL_ASCII'],
  [{ isStandby: true }, 'failed', 'the server is a standby, which is read-only'],
  [{ mayCreate: null }, 'failed', 'the user may not create tables in the first schema'],
  [{ aheadMs: -5_000 }, 'warning', "its clock is 5000 ms behind this machine's"],
  [{ maxConnections: 12 }, 'warning', 'a server may open 13 connections, and PostgreSQL takes 12'],
  [{ unsafeSettings: ['fsync'] }, 'warning', 'off: fsync; a crash of its machine loses'],
])('%j is a fault, with what to do about it', (change, state, text) => {
  const [finding, ...others] = judgePostgres({ ...facts, ...change }, 10);

  expect(finding).toMatchObject({ state, nextStep: expect.any(String) });
  expect(finding?.text).toContain(text);
  expect(others).toEqual([]);
});
