import { useSearch } from 'wouter/use-browser-location';
import { PlaceLink } from '../kit/place-link.tsx';
import { changeQuery } from '../state/query-param.ts';
import type { Place } from '../state/place.ts';
import { listText } from '../text/list.ts';
import type { ListKind } from '../list/column.ts';
import styles from './kind-tabs.module.css';

interface KindTabsProps {
  readonly project: string;
  readonly current: ListKind;
}

/** What belongs to one list alone; query, range and zone go along to the others. */
const ownNames = {
  c: null,
  s: null,
  peek: null,
  view: null,
  in: null,
  live: null,
  g: null,
  d: null,
};

/** Sessions, model calls, all events: three lists that share one filter. */
export function KindTabs({ project, current }: KindTabsProps) {
  const search = useSearch();
  return (
    <nav className={styles.tabs} aria-label={listText.kindsLabel}>
      {(['sessions', 'models', 'events'] as const).map((kind) => {
        const to: Place = { screen: kind === 'sessions' ? 'sessions' : 'events', project };
        const query = changeQuery(search, { ...ownNames, k: kind === 'models' ? 'models' : null });
        return (
          <PlaceLink
            key={kind}
            to={to}
            query={query}
            className={styles.tab}
            aria-current={kind === current ? 'page' : undefined}
          >
            {listText.kinds[kind]}
          </PlaceLink>
        );
      })}
    </nav>
  );
}
