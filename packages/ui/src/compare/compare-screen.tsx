import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useProject } from '../api/project.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Screen } from '../kit/screen.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { skeletonQuery } from '../trace/session-queries.ts';
import { optionalParam } from '../state/query-param.ts';
import { setQuery, useQueryState } from '../state/use-query-state.ts';
import { compareText } from '../text/compare.ts';
import { Comparison } from './comparison.tsx';
import { SessionPicker } from './session-picker.tsx';
import styles from './compare.module.css';

/** Two sessions side by side: their steps, what they took, and what differs in them. */
export function CompareScreen() {
  const project = useProject();
  const [a] = useQueryState('a', optionalParam);
  const [b] = useQueryState('b', optionalParam);
  const swap = () => setQuery({ a: b, b: a, e: null });
  return (
    <Screen
      title={compareText.title}
      actions={
        a !== null &&
        b !== null && (
          <IconButton label={compareText.swap} icon={<ArrowLeftRight />} onClick={swap} />
        )
      }
    >
      {a !== null && b !== null ? (
        <Loaded key={`${a} ${b}`} project={project.id} a={a} b={b} />
      ) : (
        <div className={styles.pickers}>
          <h2>{compareText.choose}</h2>
          <p>{compareText.chooseHint}</p>
          <SessionPicker side="a" chosen={a} other={b} />
          <SessionPicker side="b" chosen={b} other={a} />
        </div>
      )}
    </Screen>
  );
}

interface LoadedProps {
  readonly project: string;
  readonly a: string;
  readonly b: string;
}

function Loaded({ project, a, b }: LoadedProps) {
  const before = useQuery(skeletonQuery({ project, id: a }));
  const after = useQuery(skeletonQuery({ project, id: b }));
  const sides = [
    [before, 'a'],
    [after, 'b'],
  ] as const;
  if (before.data && after.data) {
    return <Comparison project={project} before={before.data} after={after.data} />;
  }
  const failed = sides.filter(([{ error }]) => error !== null);
  if (failed.length === 0) return <Skeleton rows={16} />;
  return failed.map(([{ error, refetch }, side]) => (
    <div key={side}>
      <ErrorState
        title={compareText.missing(side.toUpperCase())}
        error={error}
        onRetry={() => void refetch()}
      />
      <div className={styles.pickers}>
        <SessionPicker side={side} chosen={null} other={side === 'a' ? b : a} />
      </div>
    </div>
  ));
}
