// A server in its own thread, for callers that block theirs. What it does is the first part of the path.
import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

const megabyte = 1024 * 1024;

const reply = (response, body, { status = 200, headers = {} } = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

let flakyCount = 0;
const stalled = new Set();

/** What to do → how. */
const behaviours = {
  /** Stores nothing, says that it did. */
  ok: (response) => reply(response, { event_id: 'e', success: true }),
  /** Tells how many bytes came, and the headers. */
  size: (response, { bytes, headers }) =>
    reply(response, { event_id: 'e', success: true, bytes, headers }),
  /** Sends so many megabytes. */
  large: (response, { rest }) =>
    reply(response, {
      event: { event_id: 'e', outputs: 'ä'.repeat((Number(rest[0]) * megabyte) / 2) },
    }),
  /** Answers with a status. */
  status: (response, { rest }) => {
    const [status, retryAfter] = rest;
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    const issues = [{ field: 'event_name', message: 'is missing' }];
    reply(
      response,
      { message: 'no', errorCode: 'some_code', issues },
      { status: Number(status), headers },
    );
  },
  /** Breaks the connection. */
  reset: (_response, { socket }) => socket.resetAndDestroy(),
  /** Never answers. */
  stall: () => undefined,
  /** Does not answer the first request that comes with a name. */
  'stall-once': (response, { rest: [name] }) => {
    if (stalled.has(name)) reply(response, { event: { event_id: 'e' } });
    else stalled.add(name);
  },
  'has-stalled': (response, { rest: [name] }) => reply(response, stalled.has(name)),
  /** Sends the head and part of the body, then nothing. */
  'stall-in-body': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"event_id":');
  },
  /** Refuses every other request. */
  flaky: (response) => {
    flakyCount += 1;
    if (flakyCount % 2 === 1) return reply(response, {}, { status: 503 });
    return reply(response, { event_id: 'e', success: true });
  },
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html>');
  },
};

const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk) => (bytes += chunk.length));
  request.on('end', () => {
    const [, name, ...rest] = request.url.split('/');
    const { headers, socket } = request;
    behaviours[name](response, { rest, bytes, headers, socket });
  });
});
server.listen(0, '127.0.0.1', () => {
  parentPort.postMessage(`http://127.0.0.1:${server.address().port}`);
});
