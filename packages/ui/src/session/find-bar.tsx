import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { KeyboardEvent, RefObject } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { sessionText } from '../text/session.ts';
import styles from './session-screen.module.css';

export interface FindBarProps {
  readonly text: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Which hit is selected, from 1; 0 for none of them. */
  readonly at: number;
  readonly count: number;
  readonly isCut: boolean;
  readonly hasFailed: boolean;
  readonly onText: (text: string) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** Find in session: what the browser's own search cannot see, because most rows are not in the page. */
export function FindBar({
  text,
  inputRef,
  at,
  count,
  isCut,
  hasFailed,
  onText,
  onStep,
  onClose,
}: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const summary = count === 0 ? sessionText.findNone : sessionText.findCount(at, count, isCut);
  return (
    <div role="search" className={styles.find}>
      <TextInput
        ref={inputRef}
        type="text"
        className={styles.findInput}
        aria-label={sessionText.find}
        placeholder={sessionText.find}
        title={sessionText.findHint}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" className={styles.findCount}>
        {text.trim() !== '' && summary}
        {hasFailed && ` ${sessionText.findFailed}`}
      </span>
      <IconButton
        label={sessionText.findPrevious}
        hotkey="N"
        icon={<ChevronUp />}
        onClick={() => onStep(-1)}
      />
      <IconButton
        label={sessionText.findNext}
        hotkey="n"
        icon={<ChevronDown />}
        onClick={() => onStep(1)}
      />
      <IconButton label={sessionText.findClose} hotkey="Esc" icon={<X />} onClick={onClose} />
    </div>
  );
}
