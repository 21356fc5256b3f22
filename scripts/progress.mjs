const showAfterMs = 2000;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** `2.4 s`, `1 min 05 s`. */
export function formatSeconds(ms) {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function spin(label, startedAt, stream) {
  let turns = 0;
  const timer = setInterval(() => {
    const elapsedMs = Date.now() - startedAt;
    if (elapsedMs < showAfterMs) return;
    const frame = frames[turns++ % frames.length];
    stream.write(`\r\u001B[K${frame} ${label} … ${Math.floor(elapsedMs / 1000)} s`);
  }, 100);
  return () => {
    clearInterval(timer);
    if (turns > 0) stream.write('\r\u001B[K');
  };
}

function printNowAndThen(label, startedAt, stream) {
  let nextMs = showAfterMs;
  const timer = setInterval(() => {
    const elapsedMs = Date.now() - startedAt;
    if (elapsedMs < nextMs) return;
    stream.write(`${label} … ${Math.floor(elapsedMs / 1000)} s\n`);
    nextMs = nextMs === showAfterMs ? 10_000 : nextMs + 10_000;
  }, 100);
  return () => clearInterval(timer);
}

/** Does `work`, and says that it is at it when that takes longer than two seconds. */
export async function withProgress(label, work, stream = process.stderr) {
  const startedAt = Date.now();
  const stop = (stream.isTTY ? spin : printNowAndThen)(label, startedAt, stream);
  try {
    return await work();
  } finally {
    stop();
    const elapsedMs = Date.now() - startedAt;
    if (elapsedMs >= showAfterMs) stream.write(`${label}: ${formatSeconds(elapsedMs)}\n`);
  }
}
