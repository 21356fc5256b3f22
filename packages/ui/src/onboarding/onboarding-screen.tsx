import { useState } from 'react';
import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Screen } from '../kit/screen.tsx';
import { basePath } from '../state/base-path.ts';
import { onboardingText } from '../text/onboarding.ts';
import { ArrivalStep } from './arrival-step.tsx';
import { KeyStep } from './key-step.tsx';
import styles from './onboarding.module.css';
import { SnippetStep } from './snippet-step.tsx';
import { keyPlaceholder } from './snippets.ts';

/** How to send the first event, and whether it has come: three steps on one page. */
export function OnboardingScreen() {
  const project = useProject();
  // In memory alone: neither the address nor storage ever holds a key.
  const [key, setKey] = useState('');
  const url = `${window.location.origin}${basePath}`;
  return (
    <Screen
      title={onboardingText.title}
      actions={
        <PlaceLink look="plain" to={{ screen: 'sessions', project: project.name }}>
          {onboardingText.toSessions}
        </PlaceLink>
      }
    >
      <ol className={styles.steps}>
        <li className={styles.step}>
          <h2>{onboardingText.keyStep}</h2>
          <KeyStep projectId={project.id} apiKey={key} onKey={setKey} />
        </li>
        <li className={styles.step}>
          <h2>{onboardingText.snippetStep}</h2>
          <SnippetStep
            place={{ url, key: key === '' ? keyPlaceholder : key, project: project.name }}
          />
        </li>
        <li className={styles.step}>
          <h2>{onboardingText.arrivalStep}</h2>
          <ArrivalStep key={project.id} project={project} url={url} />
        </li>
      </ol>
    </Screen>
  );
}
