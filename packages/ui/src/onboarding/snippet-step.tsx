import { useState } from 'react';
import { CopyButton } from '../kit/copy-button.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { onboardingText } from '../text/onboarding.ts';
import styles from './onboarding.module.css';
import { toSnippets, type Snippet, type SnippetPlace } from './snippets.ts';

/** The same first event in each language, to be copied and run. */
export function SnippetStep({ place }: { readonly place: SnippetPlace }) {
  const [current, setCurrent] = useState<Snippet['id']>('curl');
  const snippets = toSnippets(place);
  const shown = snippets.find(({ id }) => id === current);
  return (
    <Tabs label={onboardingText.snippets} tabs={snippets} current={current} onChange={setCurrent}>
      {shown?.install && <Code text={shown.install} />}
      {shown && <Code text={shown.code} />}
      <p className={styles.hint}>{[shown?.note, onboardingText.after].filter(Boolean).join(' ')}</p>
    </Tabs>
  );
}

/** Long lines wrap: what is copied is the text, not what is seen of it. */
function Code({ text }: { readonly text: string }) {
  return (
    <div className={styles.code}>
      <pre>{text}</pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={onboardingText.copySnippet} />
      </div>
    </div>
  );
}
