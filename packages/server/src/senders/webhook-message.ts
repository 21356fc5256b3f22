import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
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

/** @param at when this attempt is made, epoch milliseconds; receivers reject old ones */
export function toWebhookMessage(
  { id, payload }: Outgoing,
  { url, secret }: { readonly url: string; readonly secret: string },
  at: number,
): HttpMessage {
  return {
    url,
    body: payload,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at), payload),
    },
  };
}
