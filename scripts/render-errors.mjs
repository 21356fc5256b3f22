import { heading, table } from './markdown.mjs';

const intro = `Every response that is not 2xx has this body, and \`x-request-id\` among its headers:

\`{"statusCode": 400, "message": "…", "success": false, "errorCode": "invalid_request", "issues": [{"field": "events[3].inputs", "message": "…"}]}\`

\`issues\` is there when fields are to blame. *Again* says whether the same request may succeed later.
`;

/** docs/reference/errors.md: the closed list of error codes. */
export function renderErrors(errorCodes) {
  const rows = Object.entries(errorCodes).map(([code, { status, retryable, advice }]) => [
    `\`${code}\``,
    status,
    retryable ? 'yes' : 'no',
    advice,
  ]);
  return [heading('Errors', intro), table(['code', 'status', 'again', 'what to do'], rows)].join(
    '\n',
  );
}
