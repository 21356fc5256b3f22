import styles from './kbd.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Alt: isMac ? '⌥' : 'Alt',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The keys of a binding as people call them: `$mod+k` is Ctrl K. A sequence such as `g s` is two of them. */
export const nameKeys = (binding: string): readonly string[] =>
  binding.split(/[ +]/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));

/** A key or several to press. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {nameKeys(keys).map((key, index) => (
        <kbd key={index} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
