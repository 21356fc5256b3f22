/** How a command can end. Numbers above 2 are those of BSD's sysexits.h. */
export const exitCodes = {
  ok: { code: 0, meaning: 'done' },
  failed: { code: 1, meaning: 'the command failed; the message says why' },
  usage: { code: 2, meaning: 'the command line is invalid' },
  unreachable: { code: 69, meaning: 'no service answers at the address' },
  notPermitted: { code: 77, meaning: 'the key, or the user of the machine, may not do this' },
  config: { code: 78, meaning: 'a setting is invalid' },
} as const;

export type ExitName = keyof typeof exitCodes;
