import { describe, expect, test } from 'vitest';
import { checkNode, checkPlatform, readMachine } from './machine.ts';
import type { Machine } from './machine.ts';

const machine = (fields: Partial<Machine>): Machine => ({
  platform: 'linux',
  arch: 'x64',
  nodeVersion: '20.20.2',
  glibcVersion: '2.36',
  ...fields,
});

test.each([
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
  ['20.18.3', 'failed'],
  ['18.20.0', 'failed'],
])('Node.js %s is %s', (nodeVersion, state) => {
  expect(checkNode(machine({ nodeVersion })).state).toBe(state);
});

describe('checkPlatform', () => {
  test.each([
    [{}, 'linux x64, glibc 2.36'],
    [{ arch: 'arm64' }, 'linux arm64, glibc 2.36'],
    [{ platform: 'darwin', arch: 'arm64', glibcVersion: null }, 'darwin arm64'],
  ])('%j is fine', (fields, text) => {
    expect(checkPlatform(machine(fields))).toEqual({ check: 'platform', state: 'ok', text });
  });

  test.each([
    [{ platform: 'win32', glibcVersion: null }, 'Windows is not supported'],
    [{ glibcVersion: null }, 'no glibc (Alpine, musl)'],
    [{ arch: 'ia32' }, 'ia32 processors are not supported'],
    [{ platform: 'freebsd', glibcVersion: null }, 'freebsd is not supported'],
  ])('%j is refused plainly, with what to do', (fields, text) => {
    const finding = checkPlatform(machine(fields));

    expect(finding.state).toBe('failed');
    expect(finding.text).toContain(text);
    expect(finding.nextStep).toEqual(expect.any(String));
  });

  test('this machine is looked at quickly, and is one that the tests can run on', () => {
    expect(checkPlatform(readMachine()).state).toBe('ok');
  });
});
