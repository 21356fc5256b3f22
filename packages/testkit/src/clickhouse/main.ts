import { once } from 'node:events';
import { createHttpInterface } from './http-interface.ts';
import { QueryEngine } from './query-engine.ts';

/**
 * Program: `main.js FOLDER PORT USER PASSWORD`. Prints a line when it listens.
 */
const [path = '', port = '0', user = '', password = ''] = process.argv.slice(2);
const engine = new QueryEngine(path);
const server = createHttpInterface({
  engine,
  version: await engine.version(),
  user,
  password,
});
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
await once(process, 'SIGTERM');
server.close();
server.closeIdleConnections();
await once(server, 'close');
await engine.close();
