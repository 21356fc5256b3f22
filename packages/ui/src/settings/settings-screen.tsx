import type { ComponentType } from 'react';
import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Screen } from '../kit/screen.tsx';
import { usePlace } from '../state/use-place.ts';
import { settingsText } from '../text/settings.ts';
import { AboutPage } from './about-page.tsx';
import { GeneralPage } from './general-page.tsx';
import { KeysPage } from './keys-page.tsx';
import { PricesPage } from './prices-page.tsx';
import { RetentionPage } from './retention-page.tsx';
import { SamplingPage } from './sampling-page.tsx';
import { ReadOnlyNote } from '../forms/read-only-note.tsx';
import styles from './settings.module.css';

const pages = {
  general: GeneralPage,
  sampling: SamplingPage,
  retention: RetentionPage,
  prices: PricesPage,
  keys: KeysPage,
  about: AboutPage,
} satisfies Record<string, ComponentType>;

type Topic = keyof typeof pages;
const topics = Object.keys(pages) as readonly Topic[];

/** The settings of a project, a page for each topic. */
export function SettingsScreen() {
  const project = useProject();
  const place = usePlace();
  const named = place.screen === 'settings' ? place.rest?.[0] : undefined;
  const topic = topics.find((known) => known === named) ?? 'general';
  const Page = pages[topic];
  return (
    <Screen title={settingsText.title}>
      <div className={styles.settings}>
        <nav aria-label={settingsText.topicList} className={styles.topics}>
          {topics.map((known) => (
            <PlaceLink
              key={known}
              to={{ screen: 'settings', project: project.name, rest: [known] }}
              aria-current={known === topic ? 'page' : undefined}
              className={styles.topic}
            >
              {settingsText.topics[known]}
            </PlaceLink>
          ))}
        </nav>
        <section aria-labelledby="settings-topic" className={styles.page}>
          <h2 id="settings-topic" className={styles.heading}>
            {settingsText.topics[topic]}
          </h2>
          {topic !== 'about' && <ReadOnlyNote />}
          <Page key={`${project.id} ${topic}`} />
        </section>
      </div>
    </Screen>
  );
}
