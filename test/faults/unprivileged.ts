import { execFileSync } from 'node:child_process';

/**
 * What a service has to run under for the permissions of files to hold for it. Root may write where the permissions say
 * no; `setpriv` (util-linux) takes that away, and root stays the owner of its files.
 *
 * @throws when that cannot be done, saying what is needed
 */
export function unprivileged(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const under = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'];
  try {
    execFileSync(under[0] ?? '', [...under.slice(1), 'true'], { stdio: 'pipe' });
    return under;
  } catch (cause) {
    throw new Error(
      'This test needs a user other than root, or `setpriv` of util-linux and the right to drop capabilities.',
      { cause },
    );
  }
}
