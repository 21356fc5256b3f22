// The other end of the client benchmark, in its own process: reads requests, counts the events in them by their marker,
// and answers the way the service does. Prints its address as its first line.
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

const decoders = { gzip: promisify(zlib.gunzip) };
if (zlib.zstdDecompress) decoders.zstd = promisify(zlib.zstdDecompress);
const delayMs = Number(process.argv[2] ?? 0);
const seen = new Map();

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const decode = decoders[request.headers['content-encoding']];
  return (decode ? await decode(body) : body).toString();
}

/** What the service says of a batch, or of one event. */
function answerTo(body) {
  const { events, event } = body;
  if (event !== undefined) return { event_id: event.event_id, success: true };
  return {
    event_ids: events.map(({ event_id }) => event_id),
    success: true,
    created_count: events.length,
    failed_count: 0,
    events: [],
    errors: [],
  };
}

async function handle(request, response) {
  const text = await readBody(request);
  let answer = {};
  if (request.url === '/count') {
    const copies = [...seen.values()].reduce((sum, count) => sum + count, 0);
    answer = { distinct: seen.size, copies };
    seen.clear();
  } else {
    const body = JSON.parse(text);
    for (const { metadata } of body.events ?? [body.event]) {
      if (metadata.marker === undefined) continue;
      seen.set(metadata.marker, (seen.get(metadata.marker) ?? 0) + 1);
    }
    answer = answerTo(body);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  response.writeHead(200, {
    'content-type': 'application/json',
    'accept-encoding': Object.keys(decoders).join(', '),
  });
  response.end(JSON.stringify(answer));
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  void handle(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
