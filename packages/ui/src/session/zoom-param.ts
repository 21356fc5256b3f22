import type { QueryParam } from '../state/query-param.ts';
import type { Stretch } from './time-axis.ts';

/** What of a session is shown, `z=1200-4800` in the address: milliseconds after its origin; null for all of it. */
export const zoomParam: QueryParam<Stretch | null> = {
  parse: (text) => {
    const [, from, to] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? '') ?? [];
    const stretch = { from: Number(from), to: Number(to) };
    return stretch.to > stretch.from ? stretch : null;
  },
  print: (stretch) => stretch && `${toShort(stretch.from)}-${toShort(stretch.to)}`,
};

/** Microseconds are exact enough for a picture. */
const toShort = (ms: number) => String(Math.round(ms * 1000) / 1000);
