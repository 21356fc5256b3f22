import {
  Activity,
  Bell,
  ChartLine,
  CircleHelp,
  Layers,
  Plug,
  Search,
  Settings,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { SignedIn } from 'honeyhive-wire';
import type { VisibleProject } from '../api/project.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import type { Place, ProjectScreen } from '../state/place.ts';
import { keptQuery } from '../state/kept-query.ts';
import { isMac } from '../kit/is-mac.ts';
import { nameKeys } from '../kit/key-names.ts';
import { paletteText } from '../text/palette.ts';
import type { Sheet } from './global-keys.tsx';
import { shellText } from '../text/shell.ts';
import { AccountMenu } from './account-menu.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';
import styles from './rail.module.css';
import { preloadScreen } from './screen-loaders.ts';

interface RailProps {
  readonly signedIn: SignedIn;
  /** null: no project yet. */
  readonly project: VisibleProject | null;
  readonly screen: Place['screen'];
  readonly onSheet: (sheet: Sheet) => void;
}

const items: readonly {
  readonly screen: ProjectScreen;
  readonly label: string;
  readonly Icon: LucideIcon;
}[] = [
  { screen: 'sessions', label: shellText.sessions, Icon: Layers },
  { screen: 'events', label: shellText.events, Icon: Activity },
  { screen: 'charts', label: shellText.charts, Icon: ChartLine },
  { screen: 'alerts', label: shellText.alerts, Icon: Bell },
  { screen: 'settings', label: shellText.settings, Icon: Settings },
  { screen: 'start', label: shellText.sendData, Icon: Plug },
];

/** Screens that another one leads to. */
const parentOf: Partial<Record<Place['screen'], ProjectScreen>> = {
  session: 'sessions',
  compare: 'sessions',
};

/** Where to go: at the left, as icons on narrow windows, at the bottom on phones. */
export function Rail({ signedIn, project, screen, onSheet }: RailProps) {
  const current = parentOf[screen] ?? screen;
  return (
    <div className={styles.rail}>
      <div className={styles.top}>
        <ProjectSwitcher signedIn={signedIn} project={project} />
        <IconButton
          label={paletteText.open}
          icon={<Search />}
          hotkey={nameKeys('$mod+k', isMac).join(' ')}
          onClick={() => onSheet('palette')}
        />
      </div>
      <nav aria-label={shellText.navigation} className={styles.nav}>
        {project !== null &&
          items.map(({ screen: to, label, Icon }) => (
            <PlaceLink
              key={to}
              to={{ screen: to, project: project.name }}
              query={keptQuery()}
              className={styles.item}
              aria-current={to === current ? 'page' : undefined}
              data-tip={label}
              onPointerEnter={() => preloadScreen(to)}
            >
              <Icon className={styles.icon} aria-hidden />
              <span className={styles.label}>{label}</span>
            </PlaceLink>
          ))}
      </nav>
      <div className={styles.bottom}>
        <AccountMenu signedIn={signedIn} />
        <IconButton
          label={shellText.help}
          icon={<CircleHelp />}
          hotkey="?"
          onClick={() => onSheet('help')}
        />
      </div>
    </div>
  );
}
