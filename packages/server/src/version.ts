import { createRequire } from 'node:module';

/** Version of the service, from its package. */
export const version: string = readVersion();

function readVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../package.json');
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? manifest.version
      : null;
  return typeof found === 'string' ? found : 'unknown';
}
