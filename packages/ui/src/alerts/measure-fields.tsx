import { metricPaths } from '../alerting/metric-paths.ts';
import type { FieldCatalogue } from '../query/field-catalogue.ts';
import { alertsText } from '../text/alerts.ts';
import styles from './alerts.module.css';
import { ChoiceEntry, PathEntry, TextEntry } from './entries.tsx';
import { aggregations, measures } from './measure-draft.ts';
import type { MeasureDraft } from './measure-draft.ts';

export interface MeasureEntryProps {
  readonly measure: MeasureDraft;
  readonly catalogue: FieldCatalogue;
  /** Whether single events are looked at: nothing is aggregated. */
  readonly isSingle?: boolean;
  /** What is wrong with the query of a share. */
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<MeasureDraft>) => void;
}

/** The number that is compared: an aggregate of a metric, or the share of events that meet a query. */
export function MeasureEntry(props: MeasureEntryProps) {
  const { measure, isSingle = false, onChange } = props;
  return (
    <div className={styles.row}>
      {!isSingle && (
        <ChoiceEntry
          label={alertsText.aggregation}
          value={measure.aggregation}
          words={measures}
          labels={alertsText.aggregations}
          onChange={(aggregation) => onChange({ aggregation })}
        />
      )}
      {measure.aggregation === 'RATIO' && !isSingle ? (
        <ShareEntry {...props} />
      ) : (
        <MetricEntry {...props} />
      )}
    </div>
  );
}

function MetricEntry({ measure, catalogue, onChange }: MeasureEntryProps) {
  const numbers = (catalogue.fields ?? [])
    .filter(({ types }) => types.includes('number'))
    .map(({ path }) => path);
  return (
    <PathEntry
      label={alertsText.metric}
      value={measure.metric}
      words={[...(measure.aggregation === 'COUNT' ? [''] : []), ...metricPaths, ...numbers]}
      empty={alertsText.allEvents}
      onChange={(metric) => onChange({ metric })}
    />
  );
}

function ShareEntry({ measure, problem, onChange }: MeasureEntryProps) {
  if (measure.keptShare !== null) return <p className={styles.hint}>{alertsText.keptFilters}</p>;
  return (
    <TextEntry
      label={alertsText.shareOf}
      hint={alertsText.shareHint}
      problem={problem}
      value={measure.share}
      maxLength={2_000}
      onChange={(share) => onChange({ share })}
    />
  );
}

/** The same number without a share, which single events lack. */
export const withoutShare = ({ aggregation, metric }: MeasureDraft): Partial<MeasureDraft> =>
  aggregation === 'RATIO'
    ? { aggregation: aggregations[0], metric: metric === '' ? 'duration' : metric }
    : {};
