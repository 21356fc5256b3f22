import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts secrets that the service has to read again, such as signing secrets. */
export interface SecretBox {
  /** @param owner what the secret belongs to: a sealed text opens for its owner only */
  seal(text: string, owner: string): string;
  /** null: sealed with another key or for another owner, or damaged. */
  open(sealed: string, owner: string): string | null;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/** @param secret any text with at least 256 random bits */
export function createSecretBox(secret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'honeyhive secrets 1', keyBytes));
  return {
    seal(text, owner) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(owner));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url');
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(owner));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      try {
        const data = decipher.update(bytes.subarray(ivBytes + tagBytes));
        return Buffer.concat([data, decipher.final()]).toString('utf8');
      } catch {
        // The tag does not fit: another key, another owner, or damage.
        return null;
      }
    },
  };
}
