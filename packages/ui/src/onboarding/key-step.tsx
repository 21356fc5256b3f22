import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { ask } from '../api/client.ts';
import { useSignedIn } from '../api/signed-in.ts';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { InlineError } from '../kit/states.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { onboardingText } from '../text/onboarding.ts';
import styles from './onboarding.module.css';

export interface KeyStepProps {
  readonly projectId: string;
  /** Empty: none yet. */
  readonly apiKey: string;
  readonly onKey: (apiKey: string) => void;
}

/** Makes a key that can send to the project, or takes one that is there. */
export function KeyStep({ projectId, apiKey, onKey }: KeyStepProps) {
  const inputId = useId();
  const { data: signedIn } = useSignedIn();
  const mayMake = signedIn?.key.access === 'full';
  const making = useMutation({
    mutationFn: () => {
      const name = onboardingText.keyName(new Date().toISOString().slice(0, 10));
      return ask('createKey', {
        body: { name, access: 'full', project: projectId },
      });
    },
    onSuccess: (created) => onKey(created.api_key),
  });
  return (
    <>
      <p className={styles.hint}>
        {mayMake ? onboardingText.keyHint : onboardingText.keyNotAllowed}
      </p>
      <div className={styles.keyRow}>
        {mayMake && (
          <Button look="primary" isBusy={making.isPending} onClick={() => making.mutate()}>
            {onboardingText.makeKey}
          </Button>
        )}
        <label htmlFor={inputId} className="visually-hidden">
          {onboardingText.ownKey}
        </label>
        <TextInput
          isCode
          id={inputId}
          className={styles.key}
          value={apiKey}
          placeholder={onboardingText.ownKey}
          title={onboardingText.ownKeyHint}
          onChange={(event) => onKey(event.target.value.trim())}
        />
        {apiKey !== '' && <CopyButton text={apiKey} label={onboardingText.copyKey} />}
      </div>
      {making.isSuccess && <p className={styles.hint}>{onboardingText.keyMade}</p>}
      {making.error && (
        <InlineError
          title={onboardingText.keyFailed}
          error={making.error}
          onRetry={() => making.mutate()}
        />
      )}
    </>
  );
}
