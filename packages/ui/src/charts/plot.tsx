import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useShownTheme } from '../state/theme.ts';
import styles from './charts.module.css';
import { toMiddles } from './plot-columns.ts';
import { toColumns, toOptions } from './plot-options.ts';
import type { PlotEvents, Shown } from './plot-options.ts';

export interface PlotProps extends Shown, PlotEvents {
  /** Bucket that is read by keyboard; null for none. */
  readonly reading: number | null;
}

/** The canvas of a chart, with a text alternative beside it. */
export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef<PlotEvents>(props);
  const theme = useShownTheme();
  const { data, unit, isStacked, timeZone, colours, hidden, thresholds, reading } = props;
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (box.current === null) return;
    const target = box.current;
    const shown = { data, unit, isStacked, timeZone, colours, hidden, thresholds };
    const made = new uPlot(toOptions(shown, { target, latest }), toColumns(shown), target);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: target.clientWidth, height: target.clientHeight }),
    );
    observer.observe(target);
    return () => {
      observer.disconnect();
      made.destroy();
    };
    // Colours are those of the theme.
  }, [data, unit, isStacked, timeZone, colours, hidden, thresholds, theme]);
  useEffect(() => {
    const middle = reading === null ? undefined : toMiddles(data)[reading];
    if (plot.current === null || middle === undefined) return;
    plot.current.setCursor({ left: plot.current.valToPos(middle, 'x'), top: 20 });
  }, [reading, data]);
  return <div ref={box} className={styles.plot} aria-hidden />;
}
