// Imported first by each script, for its effect: a clear sentence instead of a stack trace from deep inside.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `honeyhive needs Node.js 20.19 or newer; this is ${process.version}. Install one from https://nodejs.org and try again.\n`,
  );
  process.exit(1);
}
