import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A message as it came. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, as sent. */
  readonly text: string;
}

/** A mail server on this machine that keeps what it gets. */
export interface MailServer {
  /** `smtp://user:password@host:port` */
  readonly url: string;
  readonly messages: readonly ReceivedMail[];
  /** The reply to the next recipients, such as 550; null: they are accepted. */
  refuse(code: number | null): void;
  close(): Promise<void>;
}

const [user, password] = ['alerts', 'correct horse'];

/** Starts a mail server that accepts one user, `alerts`, without TLS. */
export async function startMailServer(): Promise<MailServer> {
  const messages: ReceivedMail[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth(auth, _session, callback) {
      const isRight = auth.username === user && auth.password === password;
      callback(isRight ? null : new Error('wrong password'), { user });
    },
    onRcptTo(_address, _session, callback) {
      callback(
        refusal === null
          ? null
          : Object.assign(new Error('no such box'), { responseCode: refusal }),
      );
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        messages.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        callback();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    messages,
    refuse(code) {
      refusal = code;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}
