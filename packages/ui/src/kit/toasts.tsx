import { Check, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { kitText } from '../text/kit.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './toasts.module.css';

/** Something that went well, said in passing. What went wrong is said where it went wrong, and stays. */
export interface Toast {
  readonly text: string;
  /** One thing to do about it: undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface ShownToast extends Toast {
  readonly id: number;
}

const showForMs = 5_000;
/** Time to read and to reach a button. */
const showActionForMs = 10_000;

let shown: readonly ShownToast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly ShownToast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says that something went well. */
export function showToast(toast: Toast): void {
  lastId += 1;
  change([...shown.slice(-2), { ...toast, id: lastId }]);
}

const dismiss = (id: number) => change(shown.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where toasts appear; once in the page. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div
      className={styles.toasts}
      role="status"
      aria-live="polite"
      aria-label={kitText.notifications}
    >
      {toasts.map((toast) => (
        <ToastRow key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastRow({ toast: { id, text, action } }: { readonly toast: ShownToast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), action ? showActionForMs : showForMs);
    return () => clearTimeout(timer);
  }, [id, action]);
  return (
    <div className={styles.toast}>
      <Check className={styles.icon} aria-hidden />
      <span className={styles.text}>{text}</span>
      {action && (
        <Button
          look="quiet"
          onClick={() => {
            action.run();
            dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={kitText.close} icon={<X />} onClick={() => dismiss(id)} />
    </div>
  );
}
