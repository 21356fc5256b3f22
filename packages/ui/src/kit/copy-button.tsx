import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { kitText } from '../text/kit.ts';
import { IconButton } from './icon-button.tsx';
import styles from './copy-button.module.css';
import { writeClipboard } from './clipboard.ts';

/** Copies a text; says so where the pointer is, and to screen readers. */
export function CopyButton({
  text,
  label = kitText.copy,
}: {
  readonly text: string | (() => string);
  readonly label?: string;
}) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    writeClipboard(typeof text === 'string' ? text : text()).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <>
      <IconButton
        label={label}
        icon={state === 'copied' ? <Check className={styles.copied} /> : <Copy />}
        onClick={copy}
      />
      <span role="status" className="visually-hidden">
        {state === 'ready' ? '' : kitText[state]}
      </span>
    </>
  );
}
