// Keys of this service and of the vendor's cloud: `hh_` and a tail.
const keyLike = /\bhh_[A-Za-z0-9_-]{12,}/g;
// RFC 9110 section 11.2, token68; shorter ones are words of a sentence.
const bearer = /\b(Bearer|Basic)\s+[\w.~+/-]{6,}=*/gi;

/** Takes keys out of a text. */
export type Redact = (text: string) => string;

/** @param secrets texts that must never be shown, whatever they look like */
export function createRedact(secrets: readonly string[]): Redact {
  // One letter would redact every text; no real key is that short.
  const exact = secrets.filter((secret) => secret.length >= 4);
  return (text) => {
    const plain = exact.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
    return plain.replaceAll(bearer, '$1 [redacted]').replaceAll(keyLike, 'hh_[redacted]');
  };
}
