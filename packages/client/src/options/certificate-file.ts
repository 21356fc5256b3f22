/** Certificates in PEM form, or why they are missing. */
export type CertificateFile = { readonly certificates: string } | { readonly reason: string };

/**
 * Reads a file of certificates. Node.js only: its modules are looked up here, so that bundles for elsewhere hold none
 * of them.
 */
export function readCertificateFile(path: string): CertificateFile {
  const { process } = globalThis;
  if (typeof process?.getBuiltinModule !== 'function') return { reason: 'there are no files here' };
  const crypto = process.getBuiltinModule('node:crypto');
  try {
    const certificates = process.getBuiltinModule('node:fs').readFileSync(path, 'utf8');
    if (!certificates.includes('-----BEGIN CERTIFICATE-----')) return { reason: 'it holds none' };
    // Throws when the first of them cannot be read; TLS would let it pass, and trust nobody more.
    const { subject } = new crypto.X509Certificate(certificates);
    return subject === undefined ? { reason: 'it names nobody' } : { certificates };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
