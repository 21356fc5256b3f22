import { useRef, useState } from 'react';
import { RangePicker } from '../kit/range-picker.tsx';
import { Screen } from '../kit/screen.tsx';
import { useListState } from '../list/use-list-state.ts';
import { QueryBar } from '../query/query-bar.tsx';
import { chartsText } from '../text/charts.ts';
import { ChartBuilder } from './chart-builder.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { chartSet } from './chart-spec.ts';
import { CompareToggle } from './compare-toggle.tsx';
import { EstimateToggle } from './estimate-toggle.tsx';
import styles from './charts.module.css';
import { SavedCharts } from './saved-charts.tsx';
import { ToolErrors } from './tool-errors.tsx';
import { useSavedCharts } from './use-saved-charts.ts';

/** About one bucket for so many pixels of a panel, of which two stand side by side where there is room. */
const pixelsPerBucket = 7;

/** What the application did over time: how much, how well, how fast, and what it cost. */
export function ChartsScreen() {
  const list = useListState('events');
  const saved = useSavedCharts(list);
  const queryInput = useRef<HTMLInputElement>(null);
  const [buckets] = useState(() =>
    Math.round(Math.min(640, window.innerWidth - 40) / pixelsPerBucket),
  );
  return (
    <Screen
      title={chartsText.title}
      actions={
        <>
          <EstimateToggle />
          <CompareToggle />
          <RangePicker />
        </>
      }
    >
      <div className={styles.screen}>
        <div className={styles.query}>
          <QueryBar
            query={list.query}
            catalogue={list.catalogue}
            about={list.about}
            timeZone={list.zone}
            onApply={list.apply}
            inputRef={queryInput}
          />
        </div>
        <div className={styles.grid}>
          {chartSet.map((spec) => (
            <ChartPanel key={spec.id} spec={spec} list={list} buckets={buckets} />
          ))}
          <ToolErrors list={list} />
          <SavedCharts saved={saved} list={list} buckets={buckets} />
        </div>
        <ChartBuilder list={list} buckets={buckets * 2} saved={saved} />
      </div>
    </Screen>
  );
}
