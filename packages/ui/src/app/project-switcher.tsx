import { ChevronsUpDown } from 'lucide-react';
import type { SignedIn } from 'honeyhive-wire';
import { Suspense, lazy } from 'react';
import type { VisibleProject } from '../api/project.tsx';
import { Menu } from '../kit/menu.tsx';
import { Popover } from '../kit/popover.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import type { TriggerProps } from '../kit/use-overlay.ts';
import { goTo, usePlace } from '../state/use-place.ts';
import { shellText } from '../text/shell.ts';
import { Logo } from './logo.tsx';
import styles from './project-switcher.module.css';

const ProjectSearch = lazy(async () => ({
  default: (await import('./project-search.tsx')).ProjectSearch,
}));

interface ProjectSwitcherProps {
  readonly signedIn: SignedIn;
  readonly project: VisibleProject | null;
}

/**
 * The current project; opens the list of all, or a search where the list does not hold them. One stays on the same
 * screen, unless that is about what one project holds.
 */
export function ProjectSwitcher({ signedIn, project }: ProjectSwitcherProps) {
  const place = usePlace();
  const screen =
    place.screen === 'unknown' || place.screen === 'session' || place.screen === 'sessions'
      ? 'home'
      : place.screen;
  const switchTo = ({ name }: VisibleProject) => goTo({ screen, project: name });
  const trigger = (props: TriggerProps) => (
    <button type="button" {...props} className={styles.switcher}>
      <Logo size={18} />
      <span className={styles.name}>{project?.name ?? shellText.projects}</span>
      <ChevronsUpDown className={styles.chevron} aria-hidden />
    </button>
  );
  if (signedIn.project_count > signedIn.projects.length) {
    return (
      <Popover label={shellText.projects} trigger={trigger}>
        {(close) => (
          <Suspense fallback={<Skeleton rows={6} />}>
            <ProjectSearch
              current={project}
              onChoose={(chosen) => {
                close();
                switchTo(chosen);
              }}
            />
          </Suspense>
        )}
      </Popover>
    );
  }
  return (
    <Menu
      label={shellText.projects}
      items={signedIn.projects.map((one) => ({
        label: one.name,
        isChecked: one.id === project?.id,
        onSelect: () => switchTo(one),
      }))}
      trigger={trigger}
    />
  );
}
