// `npm start`: sets up what is missing, then runs the service in the foreground.
import './node-version.mjs';
import { runHoneyhive } from './run.mjs';

await runHoneyhive(['serve', ...process.argv.slice(2)]);
