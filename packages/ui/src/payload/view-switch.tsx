import { payloadText } from '../text/payload.ts';
import type { PayloadView } from './payload-view.ts';
import styles from './view-switch.module.css';

export interface ViewSwitchProps {
  readonly label: string;
  readonly views: readonly PayloadView[];
  readonly current: PayloadView;
  readonly onChange: (view: PayloadView) => void;
}

/** The ways to look at a payload, side by side. */
export function ViewSwitch({ label, views, current, onChange }: ViewSwitchProps) {
  return (
    <div role="group" aria-label={label} className={styles.switch}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={view === current}
          className={styles.view}
          onClick={() => onChange(view)}
        >
          {payloadText.views[view]}
        </button>
      ))}
    </div>
  );
}
