import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { mintSigningSecret, toWebhookMessage } from './webhook-message.ts';

const outgoing = { id: 'msg_1', payload: '{"type":"alert.test","text":"é"}' };

test('is what the library of Standard Webhooks verifies, with that secret alone', () => {
  const [secret, other] = [mintSigningSecret(), mintSigningSecret()];

  const { headers, body } = toWebhookMessage(
    outgoing,
    { url: 'https://a.test', secret },
    Date.now(),
  );

  expect(new Webhook(secret).verify(body, { ...headers })).toEqual(JSON.parse(body));
  expect(() => new Webhook(other).verify(body, { ...headers })).toThrow('signature');
  expect(() => new Webhook(secret).verify(`${body} `, { ...headers })).toThrow('signature');
});

test('signs id, seconds and body with HMAC-SHA256', () => {
  const secret = mintSigningSecret();
  const at = 1_767_225_600_999;

  const { headers } = toWebhookMessage(outgoing, { url: 'https://a.test', secret }, at);

  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key)
    .update(`msg_1.1767225600.${outgoing.payload}`)
    .digest('base64');
  expect(key).toHaveLength(32);
  expect(headers).toEqual({
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1767225600',
    'webhook-signature': `v1,${expected}`,
  });
});

test('is verified by the secret before, too, until it expires', () => {
  const [secret, before] = [mintSigningSecret(), mintSigningSecret()];
  const now = Date.now();
  const sign = (until: number) => {
    const previous = { secret: before, until };
    return toWebhookMessage(outgoing, { url: 'https://a.test', secret, previous }, now);
  };
  const verify = (by: string, { headers, body }: ReturnType<typeof sign>) =>
    new Webhook(by).verify(body, { ...headers });

  const [during, after] = [sign(now + 1), sign(now)];

  expect(verify(secret, during)).toEqual(JSON.parse(outgoing.payload));
  expect(verify(before, during)).toEqual(JSON.parse(outgoing.payload));
  expect(verify(secret, after)).toEqual(JSON.parse(outgoing.payload));
  expect(() => verify(before, after)).toThrow('signature');
});
