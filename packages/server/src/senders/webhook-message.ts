import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { AlertTarget } from '../domain/alert-target.ts';
import type { HttpMessage } from './http-sender.ts';

/** What is sent, whatever the way it takes. */
export interface Outgoing {
  /** Stable over attempts. */
  readonly id: string;
  /** JSON text of an object: the body of a webhook. */
  readonly payload: string;
}

const secretBytes = 32;

/** A signing secret. Source: Standard Webhooks, "Signature scheme": 24 to 64 random bytes. */
export const mintSigningSecret = (): string =>
  `whsec_${randomBytes(secretBytes).toString('base64')}`;

/** How long a replaced secret signs beside the new one, so that receivers can change it without losing a message. */
export const overlapMs = 24 * 3_600_000;

type WebhookTarget = Omit<Extract<AlertTarget, { kind: 'webhook' }>, 'kind'>;

/** @param at when this attempt is made, epoch milliseconds; receivers reject old ones */
export function toWebhookMessage(
  { id, payload }: Outgoing,
  { url, secret, previous }: WebhookTarget,
  at: number,
): HttpMessage {
  const isOverlapping = previous !== undefined && at < previous.until;
  const secrets = isOverlapping ? [secret, previous.secret] : [secret];
  return {
    url,
    body: payload,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      // Several are separated by spaces. Source: Standard Webhooks, "Zero downtime secret rotation".
      'webhook-signature': secrets
        .map((each) => new Webhook(each).sign(id, new Date(at), payload))
        .join(' '),
    },
  };
}
