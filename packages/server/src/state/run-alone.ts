import { systemClock } from '../clock.ts';
import type { Leases } from './leases.ts';

const waitMs = 200;

/** Does what only one server may do at a time: here when the others have done it. */
export async function runAlone<Result>(
  leases: Leases,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const results: Result[] = [];
  const collect = async (): Promise<void> => {
    results.push(await work());
  };
  while (!(await leases.run(name, collect))) await systemClock.sleep(waitMs);
  const [result] = results;
  if (results.length !== 1) throw new Error('work that ran without a result');
  return result as Result;
}
