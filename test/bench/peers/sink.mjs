// The other end of the comparison, in its own process: `node sink.mjs JSON`. Takes what any of the clients sends, fails
// as configured, and counts received events by their markers. Its first line is its address.
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { findPlaces } from './events.mjs';

const { client, scenario, upstream } = JSON.parse(process.argv[2]);
const { answers } = await import(`./clients/${client}.mjs`);
const { fault = { kind: 'none' }, latencyMs = 0, maxBodyBytes = Infinity } = scenario;
const decoders = { gzip: gunzip, deflate: inflate, br: brotliDecompress };

/** 0..1, the same on every run. */
let state = 20261122;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

let beganAt = null;
let requestCount = 0;
let lastAt = 0;
const copies = new Map();
const sockets = new Set();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function isStruck({ share = 1, fromMs = 0, toMs = Infinity }) {
  const sinceMs = performance.now() - beganAt;
  return beganAt !== null && sinceMs >= fromMs && sinceMs < toMs && random() < share;
}

/** Which fault this request meets. */
function decideFault() {
  if (fault.kind === 'none' || fault.kind === 'away' || !isStruck(fault)) return 'none';
  return fault.kind === 'reset' && random() < 0.5 ? 'reset-at-once' : fault.kind;
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function decode(body, encoding) {
  const decoder = decoders[encoding ?? ''];
  return decoder === undefined ? body : promisify(decoder)(body);
}

/** Stored by the service, which is asked to answer. */
async function forward(request, body) {
  const {
    host: _own,
    connection: _hop,
    'transfer-encoding': _framing,
    ...headers
  } = request.headers;
  const answer = await fetch(`${upstream}${request.url}`, {
    method: request.method,
    headers,
    ...(body.length > 0 ? { body } : {}),
  });
  return { status: answer.status, body: await answer.text() };
}

async function take(request, body, route) {
  const text = (await decode(body, request.headers['content-encoding'])).toString('latin1');
  for (const place of new Set(findPlaces(text))) copies.set(place, (copies.get(place) ?? 0) + 1);
  if (upstream !== null) return forward(request, body);
  const { status = 200, body: answer = '{}' } = route ?? {};
  return { status, body: typeof answer === 'function' ? answer(text) : answer };
}

function write(response, { status, body, headers = {} }) {
  if (response.destroyed) return;
  const type = body?.startsWith('<') ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(status === 204 ? undefined : body);
}

/** Answers with what the fault makes of a request that was read; null: the request is to be taken. */
function decideAnswer(struck, body) {
  if (struck === 'answer') return { body: '{"error":"injected"}', ...fault };
  return body.length > maxBodyBytes ? { status: 413, body: '{"error":"too large"}' } : null;
}

async function handle(request, response) {
  const path = request.url.split('?')[0];
  const route = answers.find((each) => each.path.test(path));
  const isIngest = request.method === 'POST' && route?.isIngest !== false;
  const struck = isIngest ? decideFault() : 'none';
  requestCount += isIngest ? 1 : 0;
  lastAt = performance.now();
  if (struck === 'reset-at-once') return request.socket.resetAndDestroy();
  const body = await readBody(request);
  if (struck === 'silent') return undefined;
  const refusal = decideAnswer(struck, body);
  if (refusal !== null) return write(response, refusal);
  const answer = await take(request, body, route);
  if (struck === 'reset') return request.socket.resetAndDestroy();
  if (latencyMs > 0) await wait(latencyMs);
  return write(response, answer);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  handle(request, response).catch(() => request.socket.destroy());
});
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => undefined);
});

const listen = (listener, port = 0) =>
  new Promise((resolve) => {
    listener.listen(port, '127.0.0.1', () => resolve(listener.address().port));
  });
const port = await listen(server);

function begin() {
  beganAt = performance.now();
  copies.clear();
  requestCount = 0;
  if (fault.kind !== 'away') return;
  setTimeout(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  }, fault.fromMs);
  setTimeout(() => void listen(server, port), fault.toMs);
}

/** How things stand: `copies` counts an event as often as it was taken. */
const report = () => ({
  places: [...copies.keys()],
  copies: [...copies.values()].reduce((sum, count) => sum + count, 0),
  requests: requestCount,
  quietForMs: performance.now() - lastAt,
});

const control = createServer((request, response) => {
  if (request.url === '/begin') begin();
  response.end(JSON.stringify(report()));
});
console.log(JSON.stringify({ port, controlPort: await listen(control) }));
process.stdin.on('end', () => process.exit(0)).resume();
