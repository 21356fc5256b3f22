import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useSignIn, wasLinkRefused } from '../api/signed-in.ts';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { describeError } from '../kit/states.tsx';
import { signInText } from '../text/sign-in.ts';
import { Logo } from './logo.tsx';
import styles from './sign-in-screen.module.css';

/** Asks for an API key. The address stays: afterwards one is where one wanted to go. */
export function SignInScreen() {
  const id = useId();
  const [key, setKey] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const signIn = useSignIn();
  // The only field of the page, so it gets the focus.
  useLayoutEffect(() => input.current?.focus(), []);
  const submit = () => {
    signIn.mutate(key.trim(), { onError: () => input.current?.focus() });
  };
  return (
    <main className={styles.page}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Logo />
        <h1 className={styles.title}>{signInText.title}</h1>
        <label htmlFor={id} className={styles.label}>
          {signInText.label}
        </label>
        <input
          ref={input}
          id={id}
          className={styles.input}
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          required
          placeholder={signInText.placeholder}
          value={key}
          aria-invalid={signIn.isError}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setKey(event.target.value)}
        />
        <p id={`${id}-problem`} role="alert" className={styles.problem}>
          {signIn.isError ? describeError(signIn.error) : wasLinkRefused() && signInText.usedLink}
        </p>
        <Button type="submit" look="primary" isBusy={signIn.isPending}>
          {signInText.submit}
        </Button>
        <p className={styles.hint}>{signInText.hint}</p>
        <div className={styles.command}>
          <code>{signInText.command}</code>
          <CopyButton text={signInText.command} />
        </div>
      </form>
    </main>
  );
}
