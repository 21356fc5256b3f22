import { Plus } from 'lucide-react';
import { ReadOnlyNote } from '../forms/read-only-note.tsx';
import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { Screen } from '../kit/screen.tsx';
import { usePlace } from '../state/use-place.ts';
import { alertsText } from '../text/alerts.ts';
import { AlertDetail } from './alert-detail.tsx';
import { EditAlert, NewAlert } from './alert-editor.tsx';
import { AlertList } from './alert-list.tsx';
import styles from './alerts.module.css';
import { DeliveriesPage } from './deliveries-page.tsx';
import { DestinationsPage } from './destinations-page.tsx';

const pages = ['list', 'deliveries', 'destinations'] as const;
type Page = (typeof pages)[number];

const restOf: Readonly<Record<Page, readonly string[]>> = {
  list: [],
  deliveries: ['deliveries'],
  destinations: ['destinations'],
};

/** Alerts of a project, what was sent of them, and where to. */
export function AlertsScreen() {
  const project = useProject();
  const place = usePlace();
  const [first, second] = place.screen === 'alerts' ? (place.rest ?? []) : [];
  const page = pages.find((name) => name === first) ?? 'list';
  return (
    <Screen
      title={alertsText.title}
      actions={
        <PlaceLink look="primary" to={{ screen: 'alerts', project: project.name, rest: ['new'] }}>
          <Plus aria-hidden />
          {alertsText.make}
        </PlaceLink>
      }
    >
      <div className={styles.page}>
        <nav aria-label={alertsText.pageList} className={styles.pages}>
          {pages.map((name) => (
            <PlaceLink
              key={name}
              to={{ screen: 'alerts', project: project.name, rest: restOf[name] }}
              aria-current={
                name === page && (first === undefined || page !== 'list') ? 'page' : undefined
              }
              className={styles.pageLink}
            >
              {alertsText.pages[name]}
            </PlaceLink>
          ))}
        </nav>
        <ReadOnlyNote />
        <Content key={project.id} first={first} second={second} />
      </div>
    </Screen>
  );
}

interface ContentProps {
  /** An id of an alert, or a word for a page. */
  readonly first: string | undefined;
  readonly second: string | undefined;
}

function Content({ first, second }: ContentProps) {
  switch (first) {
    case undefined:
      return <AlertList />;
    case 'new':
      return <NewAlert />;
    case 'deliveries':
      return <DeliveriesPage />;
    case 'destinations':
      return <DestinationsPage />;
    default:
      return second === 'edit' ? (
        <EditAlert key={first} id={first} />
      ) : (
        <AlertDetail key={first} id={first} />
      );
  }
}
