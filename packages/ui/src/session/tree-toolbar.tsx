import { ChevronsDownUp, ChevronsUpDown, Search, ZoomOut } from 'lucide-react';
import { formatDuration } from '../format/duration.ts';
import { formatRatio } from '../format/number.ts';
import { IconButton } from '../kit/icon-button.tsx';
import { sessionText } from '../text/session.ts';
import styles from './session-screen.module.css';
import type { SessionZoom } from './use-session-zoom.ts';
import type { TreeControl } from './use-tree-state.ts';
import { viewKinds, type SessionViewKind } from './view-kind.ts';

export interface TreeToolbarProps {
  readonly kind: SessionViewKind;
  readonly onKind: (kind: SessionViewKind) => void;
  readonly control: TreeControl;
  readonly zoom: SessionZoom;
  readonly onFind: () => void;
}

/** Gaps are spoken of when the session is mostly idle. */
const notableIdleRatio = 0.6;

/** What is done with the session as a whole: how it is shown, what is open, what of its time. */
export function TreeToolbar({ kind, onKind, control, zoom, onFind }: TreeToolbarProps) {
  return (
    <div className={styles.toolbar}>
      <div role="group" aria-label={sessionText.viewLabel} className={styles.views}>
        {viewKinds.map((known) => (
          <button
            key={known}
            type="button"
            aria-pressed={known === kind}
            className={styles.view}
            onClick={() => onKind(known)}
          >
            {sessionText.views[known]}
          </button>
        ))}
      </div>
      {kind === 'tree' && <GapNote zoom={zoom} />}
      <span className={styles.space} />
      {kind === 'tree' && <TreeButtons control={control} zoom={zoom} />}
      <IconButton label={sessionText.find} hotkey="/" icon={<Search />} onClick={onFind} />
    </div>
  );
}

function TreeButtons({ control, zoom }: Pick<TreeToolbarProps, 'control' | 'zoom'>) {
  return (
    <>
      {!zoom.isWhole && (
        <IconButton
          label={sessionText.resetZoom}
          hotkey="0"
          icon={<ZoomOut />}
          onClick={zoom.reset}
        />
      )}
      <IconButton
        label={sessionText.expandAll}
        hotkey="]"
        icon={<ChevronsUpDown />}
        onClick={() => control.move('expand-all')}
      />
      <IconButton
        label={sessionText.collapseAll}
        hotkey="["
        icon={<ChevronsDownUp />}
        onClick={() => control.move('collapse-all')}
      />
    </>
  );
}

/** Compressing is offered, never done unasked: an axis that bends misleads who does not know. */
function GapNote({ zoom }: { readonly zoom: SessionZoom }) {
  const { idle, isCompressed, setCompressed } = zoom;
  if (idle.gaps.length === 0 || idle.idleRatio < notableIdleRatio) return null;
  return (
    <span className={styles.gaps}>
      <span className={styles.gapWords}>
        {sessionText.idle(formatDuration(idle.idleMs), formatRatio(idle.idleRatio))}
      </span>
      <button
        type="button"
        className={styles.linkButton}
        onClick={() => setCompressed(!isCompressed)}
      >
        {isCompressed ? sessionText.showGaps : sessionText.compress}
      </button>
    </span>
  );
}
