import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, both PEM. */
export interface Credential {
  readonly cert: string;
  readonly key: string;
}

/** A private authority, whose certificates nobody else trusts. */
export interface Authority {
  /** PEM. */
  readonly cert: string;
  /** For a host name or an IPv4 address; valid from a day ago until `daysLeft` days from now. */
  issue(host: string, daysLeft?: number): Credential;
}

const dayMs = 86_400_000;

// DER, as X.509 has it: RFC 5280 section 4.1.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length =
    size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >>> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const octets = (...parts: readonly Uint8Array[]) => der(0x04, ...parts);
const isTrue = der(0x01, Buffer.from([0xff]));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

const name = (common: string) =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))));

const instant = (at: number) => {
  const text = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
};

interface Draft {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly endsAt: number;
  readonly extension: Buffer;
}

function toCertificate({ subject, issuer, publicKey, signer, endsAt, extension }: Draft): string {
  const beginsAt = Math.min(Date.now(), endsAt) - dayMs;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name(issuer),
    sequence(instant(beginsAt), instant(endsAt)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, signer));
  const text = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

const authorityExtension = sequence(oid('551d13'), isTrue, octets(sequence(isTrue)));

const hostExtension = (host: string) => {
  const alternative = isIPv4(host)
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));
  return sequence(oid('551d11'), octets(sequence(alternative)));
};

export function createAuthority(): Authority {
  const issuer = 'Test authority';
  const own = newKeys();
  const endsAt = Date.now() + dayMs;
  const cert = toCertificate({
    subject: issuer,
    issuer,
    publicKey: own.publicKey,
    signer: own.privateKey,
    endsAt,
    extension: authorityExtension,
  });
  return {
    cert,
    issue(host, daysLeft = 1) {
      const { publicKey, privateKey } = newKeys();
      const draft = { subject: host, issuer, publicKey, signer: own.privateKey };
      return {
        cert: toCertificate({
          ...draft,
          endsAt: Date.now() + daysLeft * dayMs,
          extension: hostExtension(host),
        }),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}
