import { metricPaths } from '../alerting/metric-paths.ts';
import { Save } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ExploreChartQuery } from 'honeyhive-wire';
import { Button } from '../kit/button.tsx';
import { InlineError } from '../kit/states.tsx';
import type { ListState } from '../list/use-list-state.ts';
import { ViewNameDialog } from '../list/view-name-dialog.tsx';
import { choiceParam, textParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { chartsText } from '../text/charts.ts';
import { ChartPanel } from './chart-panel.tsx';
import { toOwnSpec } from './chart-spec.ts';
import type { OwnChart } from './chart-spec.ts';
import styles from './charts.module.css';
import { Select } from '../kit/select.tsx';
import type { SavedCharts } from './use-saved-charts.ts';

const metricParam = textParam('duration');
const aggregationParam = choiceParam<ExploreChartQuery['aggregation']>([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
]);
const aggregations = ['count', 'sum', 'avg', 'min', 'max', 'p50', 'p75', 'p90', 'p95', 'p99'];
const groupParam = textParam('');
const groups = ['event_type', 'event_name', 'model', 'source', 'user'];

/** Where it is in the page. */
export const builderId = 'own-chart';

export interface ChartBuilderProps {
  readonly list: ListState;
  readonly buckets: number;
  readonly saved: Pick<SavedCharts, 'save' | 'saveError'>;
}

/**
 * A chart of one's own: any number, aggregated and grouped as one likes; kept in the address, or saved under a name.
 */
export function ChartBuilder({ list, buckets, saved }: ChartBuilderProps) {
  const [metric, setMetric] = useQueryState('m', metricParam);
  const [aggregation, setAggregation] = useQueryState('a', aggregationParam);
  const [group, setGroup] = useQueryState('g', groupParam);
  const [isNaming, setNaming] = useState(false);
  const chart = useMemo<OwnChart>(
    () => ({ metric, aggregation, ...(group !== '' && { group_by: group }) }),
    [metric, aggregation, group],
  );
  const spec = useMemo(
    () => toOwnSpec({ id: 'own', title: chartsText.titles.own }, chart),
    [chart],
  );
  const fields = list.catalogue.fields ?? [];
  const numbers = fields.filter(({ types }) => types.includes('number')).map(({ path }) => path);
  return (
    <div id={builderId} className={styles.own}>
      <div className={styles.choices}>
        <Choice
          label={chartsText.aggregation}
          value={aggregation}
          words={aggregations}
          onChange={(word) => setAggregation(aggregationParam.parse(word))}
        />
        <Choice
          label={chartsText.metric}
          value={metric}
          words={[...metricPaths, ...numbers]}
          onChange={setMetric}
        />
        <Choice
          label={chartsText.group}
          value={group}
          words={['', ...groups, ...fields.map(({ path }) => path)]}
          onChange={setGroup}
        />
        <Button icon={<Save aria-hidden />} onClick={() => setNaming(true)}>
          {chartsText.save}
        </Button>
      </div>
      {saved.saveError && <InlineError title={chartsText.notSaved} error={saved.saveError} />}
      {isNaming && (
        <ViewNameDialog
          title={chartsText.save}
          label={chartsText.chartName}
          onClose={() => setNaming(false)}
          onSave={(name) => saved.save(name, chart)}
        />
      )}
      <ChartPanel spec={spec} list={list} buckets={buckets} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly words: readonly string[];
  readonly onChange: (word: string) => void;
}

function Choice({ label, value, words, onChange }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      {label}
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([value, ...words])].map((word) => (
          <option key={word} value={word}>
            {word === '' ? chartsText.noGroup : word}
          </option>
        ))}
      </Select>
    </label>
  );
}
