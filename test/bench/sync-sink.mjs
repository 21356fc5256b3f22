// The other end of the benchmark of blocking calls: stores nothing and says that it did.
import { createServer } from 'node:http';
import { parentPort } from 'node:worker_threads';

const answer = '{"event_id":"e","success":true}';
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': answer.length,
    });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  parentPort.postMessage(`http://127.0.0.1:${server.address().port}`);
});
