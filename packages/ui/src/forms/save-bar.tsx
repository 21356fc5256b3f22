import { useEffect } from 'react';
import { Button } from '../kit/button.tsx';
import { InlineError } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import styles from './forms.module.css';

export interface SaveBarProps {
  readonly isDirty: boolean;
  readonly isValid: boolean;
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Appears when something was changed, and keeps the page from being left by accident. */
export function SaveBar({ isDirty, isValid, isSaving, error, onSave, onDiscard }: SaveBarProps) {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    <>
      {error && <InlineError title={settingsText.saveFailed} error={error} onRetry={onSave} />}
      <div role="status" className={styles.saveBar} hidden={!isDirty}>
        <span>{isDirty && settingsText.unsaved}</span>
        <Button onClick={onDiscard}>{settingsText.discard}</Button>
        <Button look="primary" isBusy={isSaving} disabled={!isValid} onClick={onSave}>
          {settingsText.save}
        </Button>
      </div>
    </>
  );
}
