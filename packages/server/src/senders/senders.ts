import type { Clock } from '../clock.ts';
import type { AlertMessage } from '../domain/alert-message.ts';
import type { AlertTarget } from '../domain/alert-target.ts';
import { version } from '../version.ts';
import { createHttpSender } from './http-sender.ts';
import type { HttpMessage } from './http-sender.ts';
import { createNetworkGuard } from './network-guard.ts';
import type { NetworkGuard } from './network-guard.ts';
import type { SendOutcome } from './send-outcome.ts';
import { toSlackMessage } from './slack-message.ts';
import { createSmtpSender } from './smtp-sender.ts';
import type { SmtpSettings } from './smtp-sender.ts';
import { toWebhookMessage } from './webhook-message.ts';
import type { Outgoing } from './webhook-message.ts';

/** Sends notifications, each way of it. */
export interface Senders {
  readonly guard: NetworkGuard;
  /** Whether the operator has set up e-mail. */
  readonly hasEmail: boolean;
  /** Never rejects. Takes as long as {@link sendLimits} allow. */
  send(target: AlertTarget, outgoing: Outgoing): Promise<SendOutcome>;
}

/** Bounds of one attempt. */
export const sendLimits = { connectTimeoutMs: 5_000, totalTimeoutMs: 15_000, bodyBytes: 1_024 };

export interface SendersOptions {
  /** {@link createNetworkGuard} */
  readonly allowedNetworks: string;
  /** null: there is no mail server. */
  readonly smtp: SmtpSettings | null;
  readonly clock: Pick<Clock, 'now' | 'withLimit'>;
  /** @default sendLimits */
  readonly limits?: typeof sendLimits;
}

export function createSenders({
  allowedNetworks,
  smtp: settings,
  clock,
  limits = sendLimits,
}: SendersOptions): Senders {
  const guard = createNetworkGuard(allowedNetworks);
  const post = createHttpSender({ guard, clock, limits });
  const smtp = createSmtpSender({ settings, clock, limits });
  const sendHttp = (message: HttpMessage): Promise<SendOutcome> =>
    post({ ...message, headers: { ...message.headers, 'user-agent': `honeyhive/${version}` } });
  return {
    guard,
    hasEmail: smtp.isConfigured,
    send(target, outgoing) {
      if (target.kind === 'webhook')
        return sendHttp(toWebhookMessage(outgoing, target, clock.now()));
      const message = assumeMessage(outgoing.payload);
      if (target.kind === 'slack') return sendHttp(toSlackMessage(message, target.url));
      return smtp.send({ id: outgoing.id, message, addresses: target.addresses });
    },
  };
}

/** Payloads are made of messages and stored as they are. */
function assumeMessage(payload: string): AlertMessage {
  return JSON.parse(payload) as AlertMessage;
}
