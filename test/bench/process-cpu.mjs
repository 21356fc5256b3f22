// CPU of processes, as Linux counts it.
import { readdir, readFile } from 'node:fs/promises';

const ticksPerSecond = 100;

const readStat = async (pid) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(') ') + 2).split(' ');
};

/** Milliseconds of CPU that a process has used. */
export async function readCpuMs(pid) {
  const fields = await readStat(pid);
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

/** The processes below one: id → command line. */
export async function readDescendants(root) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map();
  const commands = new Map();
  for (const id of ids) {
    try {
      parents.set(id, (await readStat(id))[1]);
      commands.set(id, (await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' '));
    } catch {
      // It has ended.
    }
  }
  const isBelow = (id) => {
    for (let each = parents.get(id); each !== undefined; each = parents.get(each))
      if (each === String(root)) return true;
    return false;
  };
  return new Map([...commands].filter(([id]) => isBelow(id)));
}
