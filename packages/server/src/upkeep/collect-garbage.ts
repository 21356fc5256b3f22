import { Session } from 'node:inspector/promises';

/** A full collection, after which V8 returns free pages to the system: without it, a process that idles keeps them. */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.collectGarbage');
  } finally {
    session.disconnect();
  }
}
