import { ChevronsUpDown } from 'lucide-react';
import type { VisibleProject } from '../api/project.tsx';
import { Menu } from '../kit/menu.tsx';
import { goTo, usePlace } from '../state/use-place.ts';
import { shellText } from '../text/shell.ts';
import { Logo } from './logo.tsx';
import styles from './project-switcher.module.css';

interface ProjectSwitcherProps {
  readonly projects: readonly VisibleProject[];
  readonly project: VisibleProject | null;
}

/** The current project; opens the list of all. One stays on the same screen, unless that is about what one project holds. */
export function ProjectSwitcher({ projects, project }: ProjectSwitcherProps) {
  const place = usePlace();
  const screen =
    place.screen === 'unknown' || place.screen === 'session' || place.screen === 'sessions'
      ? 'home'
      : place.screen;
  return (
    <Menu
      label={shellText.projects}
      items={projects.map(({ id, name }) => ({
        label: name,
        isChecked: id === project?.id,
        onSelect: () => goTo({ screen, project: name }),
      }))}
      trigger={(props) => (
        <button type="button" {...props} className={styles.switcher}>
          <Logo size={18} />
          <span className={styles.name}>{project?.name ?? shellText.projects}</span>
          <ChevronsUpDown className={styles.chevron} aria-hidden />
        </button>
      )}
    />
  );
}
