import type { QueryParam } from '../state/query-param.ts';
import type { Interval } from '../state/time-range.ts';

/** Which rows are compared with the others; `nothing`: the panel is open without a choice. */
export type Comparison = 'nothing' | 'errors' | Interval;

/** null: there is no comparison. A time is in epoch milliseconds, since it is that of the bars. */
export const comparisonParam: QueryParam<Comparison | null> = {
  parse(text) {
    if (text === 'nothing' || text === 'errors') return text;
    const [, from, to] = /^(\d{1,16})~(\d{1,16})$/.exec(text ?? '') ?? [];
    if (from === undefined || to === undefined || Number(from) >= Number(to)) return null;
    return { from: Number(from), to: Number(to) };
  },
  print: (value) =>
    value === null || typeof value === 'string' ? value : `${value.from}~${value.to}`,
};
