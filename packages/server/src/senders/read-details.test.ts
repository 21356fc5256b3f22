import { describe, expect, test } from 'vitest';
import { createNetworkGuard } from './network-guard.ts';
import { readDetails } from './read-details.ts';

const guard = createNetworkGuard('none');

describe('readDetails', () => {
  test.each([
    [
      { channel: 'WEBHOOK', metadata: { url: 'https://a.test/x' } },
      { kind: 'webhook', url: 'https://a.test/x' },
    ],
    [
      { channel: 'SLACK', metadata: { webhook_url: 'https://hooks.slack.com/x' } },
      { kind: 'slack', url: 'https://hooks.slack.com/x' },
    ],
    [
      { channel: 'EMAIL', metadata: { emails: ['a@b.test', 'c@d.test'] }, user_ids: ['u1'] },
      { kind: 'email', addresses: ['a@b.test', 'c@d.test'] },
    ],
    [
      { channel: 'EMAIL', metadata: { to: 'a@b.test, c@d.test' }, user_ids: ['a@b.test'] },
      { kind: 'email', addresses: ['a@b.test', 'c@d.test'] },
    ],
    [
      { channel: 'EMAIL', user_ids: ['e@f.test'] },
      { kind: 'email', addresses: ['e@f.test'] },
    ],
    [{ metadata: { url: 'https://a.test/x' } }, null],
    [null, null],
  ])('%j', (details, target) => {
    expect(readDetails(details, guard)).toEqual(target);
  });

  test.each([
    [{ channel: 'WEBHOOK' }, ['metadata', 'url']],
    [{ channel: 'WEBHOOK', metadata: { url: 'http://10.0.0.1/' } }, ['metadata', 'url']],
    [{ channel: 'SLACK', metadata: { webhook_url: 'x' } }, ['metadata', 'webhook_url']],
    [{ channel: 'EMAIL', user_ids: ['u1'] }, ['metadata', 'emails']],
    [{ channel: 'EMAIL', metadata: { to: 'a@b.test\r\nBcc: c@d.test' } }, ['metadata', 'to']],
    [
      { channel: 'EMAIL', metadata: { emails: Array.from({ length: 21 }, (_, n) => `u${n}@a.b`) } },
      ['metadata', 'emails'],
    ],
  ])('refuses %j', (details, path) => {
    expect(readDetails(details, guard)).toMatchObject({ path, fault: expect.any(String) });
  });
});
