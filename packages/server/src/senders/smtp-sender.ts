import { createTransport } from 'nodemailer';
import type { Clock } from '../clock.ts';
import { factsOf, titleOf } from '../domain/alert-message.ts';
import type { AlertMessage } from '../domain/alert-message.ts';
import { unanswered } from './send-outcome.ts';
import type { SendOutcome } from './send-outcome.ts';

/** The operator's mail server. */
export interface SmtpSettings {
  /** `smtp://` or `smtps://`, with user name and password where it needs them. */
  readonly url: string;
  /** Sender: an address, or `Name <address>`. */
  readonly from: string;
}

export interface Mail {
  /** Stable over attempts: it is in `Message-ID`. */
  readonly id: string;
  readonly message: AlertMessage;
  readonly addresses: readonly string[];
}

export interface SmtpSenderDeps {
  readonly settings: SmtpSettings | null;
  readonly clock: Pick<Clock, 'withLimit'>;
  readonly limits: {
    readonly connectTimeoutMs: number;
    readonly totalTimeoutMs: number;
    readonly bodyBytes: number;
  };
}

const notConfigured = 'e-mail is not configured: the operator has to set HH_SMTP_URL';

export interface SmtpSender {
  readonly isConfigured: boolean;
  send(mail: Mail): Promise<SendOutcome>;
}

/** Sends e-mail as plain text, each on its own connection. */
export function createSmtpSender({ settings, clock, limits }: SmtpSenderDeps): SmtpSender {
  if (settings === null)
    return { isConfigured: false, send: () => Promise.resolve(unanswered(notConfigured)) };
  const { url, from } = settings;
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';
  const { connectTimeoutMs, totalTimeoutMs, bodyBytes } = limits;
  return {
    isConfigured: true,
    async send({ id, message, addresses }) {
      const transport = createTransport({
        url,
        connectionTimeout: connectTimeoutMs,
        greetingTimeout: connectTimeoutMs,
        dnsTimeout: connectTimeoutMs,
        socketTimeout: totalTimeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const sending = transport.sendMail({
        from,
        to: [...addresses],
        subject: titleOf(message),
        text: toText(message),
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Honeyhive-Delivery': id },
      });
      try {
        const sent = await clock.withLimit(
          totalTimeoutMs,
          sending,
          () => new Error(`no complete answer within ${totalTimeoutMs} ms`),
        );
        return toOutcome(sent, bodyBytes);
      } catch (error) {
        return toFailure(error, bodyBytes);
      } finally {
        transport.close();
      }
    },
  };
}

function toText(message: AlertMessage): string {
  const { url } = message.data;
  const lines = factsOf(message).map(([name, value]) => `${name}: ${value}`);
  return `${[titleOf(message), '', ...lines, ...(url === null ? [] : ['', url])].join('\n')}\n`;
}

interface Sent {
  readonly response: string;
  readonly rejected: readonly (string | { readonly address: string })[];
}

/** The server took it for one address at least. */
function toOutcome({ response, rejected }: Sent, maxBytes: number): SendOutcome {
  const refused = rejected.map((each) => (typeof each === 'string' ? each : each.address));
  const note = refused.length === 0 ? '' : ` (refused for ${refused.join(', ')})`;
  return {
    ...unanswered(''),
    status: codeOf(response),
    body: `${response}${note}`.slice(0, maxBytes),
    error: null,
  };
}

const codeOf = (response: string): number | null => {
  const digits = /^\d{3}/.exec(response)?.[0];
  return digits === undefined ? null : Number(digits);
};

const read = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

/**
 * Addresses or messages that the server refuses for good are not tried again; everything else, a wrong password among
 * it, is the operator's to correct. Source: RFC 5321 section 4.2.1: 5yz is permanent.
 */
function toFailure(error: unknown, maxBytes: number): SendOutcome {
  const response = read(error, 'response');
  const status = typeof response === 'string' ? codeOf(response) : null;
  const code = read(error, 'code');
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const reason = typeof code === 'string' ? `: ${code}` : '';
  const text = status === null ? describe(error, reason) : `the mail server refused${reason}`;
  return {
    ...unanswered(text),
    status,
    body: typeof response === 'string' ? response.slice(0, maxBytes) : null,
    isPermanent: isAboutMail && status !== null && status >= 500,
  };
}

const describe = (error: unknown, reason: string): string =>
  reason === '' && error instanceof Error
    ? error.message
    : `the mail server was not reached${reason}`;
