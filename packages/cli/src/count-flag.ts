import { Failure } from './failure.ts';

/**
 * A whole number from 1 to `most`.
 *
 * @throws {Failure} `usage`, naming the flag
 */
export function readCount(flag: string, text: string, most: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new Failure(`${flag} ${text}: must be a whole number from 1 to ${most}`, { exit: 'usage' });
}
