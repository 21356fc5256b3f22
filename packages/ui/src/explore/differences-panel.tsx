import { X } from 'lucide-react';
import type { Differences } from 'honeyhive-wire';
import { formatCount, formatRatio } from '../format/number.ts';
import { formatLocal } from '../format/time.ts';
import { Button } from '../kit/button.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { conditionOrNone } from '../query/query-edit.ts';
import { listText } from '../text/list.ts';
import type { Comparison } from './comparison-param.ts';
import styles from './differences-panel.module.css';
import { formatClock } from '../list/row-time.ts';
import { toSelection } from '../list/selection-input.ts';
import { useExplore } from '../list/use-explore.ts';
import type { ListState } from '../list/use-list-state.ts';
import { ValueMenu } from '../list/value-menu.tsx';
import type { ValueActions } from '../list/value-menu.tsx';

interface DifferencesPanelProps {
  readonly list: ListState;
  readonly comparison: Comparison;
  readonly onChange: (comparison: Comparison | null) => void;
}

/** What sets some of the rows apart from the others: keys whose values differ, the most telling first. */
export function DifferencesPanel({ list, comparison, onChange }: DifferencesPanelProps) {
  return (
    <aside className={styles.panel} aria-label={listText.differences}>
      <header className={styles.header}>
        <h2>{listText.differences}</h2>
        <IconButton label={listText.closeDifferences} icon={<X />} onClick={() => onChange(null)} />
      </header>
      {comparison === 'nothing' ? (
        <div className={styles.choice}>
          <p>{listText.differencesHint}</p>
          <Button onClick={() => onChange('errors')}>{listText.compareErrors}</Button>
        </div>
      ) : (
        <Answer list={list} comparison={comparison} />
      )}
    </aside>
  );
}

const withError = { field: 'error', operator: 'exists' } as const;

function Answer({
  list,
  comparison,
}: {
  readonly list: ListState;
  readonly comparison: Exclude<Comparison, 'nothing'>;
}) {
  const selected = comparison === 'errors' ? { filters: [withError] } : comparison;
  const { data, error, refetch } = useExplore('exploreDifferences', {
    body: { ...toSelection(list), selected },
  });
  if (error)
    return (
      <InlineError
        title={listText.differencesFailed}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  if (!data) return <Skeleton rows={12} />;
  const compared = listText.compared(
    formatCount(data.selected_count),
    formatCount(data.rest_count),
  );
  return (
    <>
      <p className={styles.about}>
        {describe(comparison, list.zone)}
        <br />
        {compared}
        {data.sampled && listText.sampled}
      </p>
      {data.keys.length === 0 && <p className={styles.about}>{listText.noDifferences}</p>}
      {data.keys.map((key) => (
        <KeyDifference key={key.path} difference={key} actions={toActions(list)} />
      ))}
    </>
  );
}

const describe = (comparison: 'errors' | { from: number; to: number }, zone: string): string =>
  comparison === 'errors'
    ? listText.differencesOfErrors
    : listText.differencesOfTime(
        `${formatLocal(comparison.from, zone, 'minutes')}–${formatClock(comparison.to, zone)}`,
      );

const toActions = (list: ListState): ValueActions => ({
  onFilter: (path, value, isNegated) => list.addCondition(conditionOrNone(path, value, isNegated)),
  onAddColumn: (path) => list.setColumnIds([...list.columnIds, path]),
  hasColumn: (path) => list.columns.some((column) => column.path === path),
});

/** Values of a key that are shown: the others are far less telling. */
const shownValues = 5;

function KeyDifference({
  difference: { path, values },
  actions,
}: {
  readonly difference: Differences['keys'][number];
  readonly actions: ValueActions;
}) {
  return (
    <section className={styles.key} aria-label={path}>
      <h3 className={styles.path}>{path}</h3>
      <ul>
        {values.slice(0, shownValues).map(({ value, selected, rest }) => (
          <li key={value ?? ''} className={styles.value}>
            <span className={styles.name}>{value ?? <em>{listText.noValue}</em>}</span>
            <span className={styles.shares}>
              <Share name={listText.selectedShare} ratio={selected} isSelected />
              <Share name={listText.restShare} ratio={rest} />
            </span>
            <ValueMenu path={path} value={value} actions={actions} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Share({
  name,
  ratio,
  isSelected = false,
}: {
  readonly name: string;
  readonly ratio: number;
  readonly isSelected?: boolean;
}) {
  return (
    <span className={styles.share}>
      <span className={styles.track} aria-hidden>
        <span
          className={isSelected ? styles.selected : styles.rest}
          style={{ inlineSize: `${ratio * 100}%` }}
        />
      </span>
      <span className={styles.ratio}>
        {formatRatio(ratio)} <span className={styles.which}>{name}</span>
      </span>
    </span>
  );
}
