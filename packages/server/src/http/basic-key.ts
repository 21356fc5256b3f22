import type { Operation } from 'honeyhive-wire';

/**
 * The `authorization` of a request. Spans may come with `Basic` as well, the key as the password: exporters for
 * Langfuse send it. Other operations do not take it, since browsers would add it to what other pages send.
 */
export function readAuthorization(
  header: string | undefined,
  { format }: Pick<Operation, 'format'>,
): string | undefined {
  const [, encoded] = /^Basic\s+([\w+/=-]{1,1024})\s*$/i.exec(header ?? '') ?? [];
  if (encoded === undefined || format !== 'otlp') return header;
  const [user = '', password = ''] = Buffer.from(encoded, 'base64')
    .toString('utf8')
    .split(/:(.*)/s);
  return `Bearer ${password === '' ? user : password}`;
}
