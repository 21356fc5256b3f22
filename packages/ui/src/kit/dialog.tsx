import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { kitText } from '../text/kit.ts';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';
import { ModalKeys } from './modal-keys.tsx';
import { IconButton } from './icon-button.tsx';
import { scrolledByKeys } from './scrolled-by-keys.ts';

export interface DialogProps {
  readonly title: string;
  /** Called when Esc, the close button or a click beside it asks for the end. */
  readonly onClose: () => void;
  /** Below the content: the buttons. */
  readonly actions?: ReactNode;
  /** `narrow`: 400 px, the default; `wide`: 640 px; `bare`: no title bar, the title is for screen readers. */
  readonly size?: 'narrow' | 'wide' | 'bare';
  /** There is only text in it: it takes the focus itself, to be scrolled by keys. */
  readonly isText?: boolean;
  readonly children: ReactNode;
}

/**
 * A modal dialog for as long as it is rendered.
 *
 * The browser's own: it keeps the focus inside, makes the rest inert, and gives the focus back at its end. Libraries
 * write style elements for that, which the policy of the page refuses.
 */
export function Dialog(props: DialogProps) {
  const { title, onClose, actions, size = 'narrow', isText = false, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      // React has taken the dialog away before the browser gives the focus back.
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  useEffect(() => {
    const dialog = ref.current;
    // The backdrop belongs to the dialog: what hits the element itself is beside its content.
    const closeOnBackdrop = (event: PointerEvent) => {
      if (event.target === dialog) onClose();
    };
    dialog?.addEventListener('pointerdown', closeOnBackdrop);
    return () => dialog?.removeEventListener('pointerdown', closeOnBackdrop);
  }, [onClose]);
  return (
    <dialog
      ref={ref}
      className={classNames(styles.dialog, styles[size])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <ModalKeys title={title} />
      <div className={styles.frame}>
        <header className={size === 'bare' ? 'visually-hidden' : styles.header}>
          <h2 id={titleId}>{title}</h2>
          {size !== 'bare' && (
            <IconButton label={kitText.close} icon={<X />} hotkey="Esc" onClick={onClose} />
          )}
        </header>
        <div
          className={size === 'bare' ? undefined : styles.content}
          {...(isText ? scrolledByKeys : {})}
        >
          {children}
        </div>
        {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}
