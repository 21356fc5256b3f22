import { hostname } from 'node:os';
import type { Finding } from './finding.ts';

/** Who works on the data folder. */
export async function checkLock(dataDir: string): Promise<Finding> {
  const check = 'lock';
  const { readLock } = await import('honeyhive-server');
  const { isHeld, holder } = await readLock(dataDir);
  if (!isHeld) return { check, state: 'ok', text: 'nobody works on the data folder' };
  const advice = 'a second service needs another folder';
  if (holder === null) return { check, state: 'ok', text: `held by a process: ${advice}` };
  const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
  const since = new Date(holder.startedAt).toISOString();
  return {
    check,
    state: 'ok',
    text: `held by process ${holder.pid}${where} since ${since}: ${advice}`,
  };
}
