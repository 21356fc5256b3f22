const named: Readonly<Record<string, string>> = {
  Shift: 'Shift',
  Alt: 'Alt',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

const namedOnMac: Readonly<Record<string, string>> = { $mod: '⌘', Shift: '⇧', Alt: '⌥' };

function nameKey(key: string, isMac: boolean): string {
  const known = isMac ? namedOnMac[key] : undefined;
  return (
    known ?? named[key] ?? (key === '$mod' ? 'Ctrl' : key.length === 1 ? key.toUpperCase() : key)
  );
}

/** Keys that are pressed together. The last one may itself be `+`. */
function splitPress(press: string): readonly string[] {
  const keys = press.endsWith('+') ? [...press.slice(0, -1).split('+'), '+'] : press.split('+');
  const present = keys.filter((key) => key !== '');
  const last = present.at(-1) ?? '';
  // Nobody thinks of `?` as Shift and something.
  const isSign = last.length === 1 && !/[a-z0-9]/i.test(last);
  return isSign ? present.filter((key) => key !== 'Shift') : present;
}

/** The keys of a binding as people call them: `$mod+k` is Ctrl, K. A sequence such as `g s` is two keys. */
export const nameKeys = (binding: string, isMac: boolean): readonly string[] =>
  binding.split(' ').flatMap((press) => splitPress(press).map((key) => nameKey(key, isMac)));
