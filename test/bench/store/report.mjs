import { MiB, ms, toTable } from './figures.mjs';
import { questions } from './questions.mjs';

const times = (ratio) => (Number.isFinite(ratio) ? `${ratio.toFixed(1)} ×` : '–');
const verdict = (isMet) => (isMet ? 'met' : 'MISSED');

/** One row for each question: figures at the largest size, and how they grew from the smallest. */
function reportReads(results) {
  const large = results.at(-1);
  const small = results.length > 1 ? results[0] : null;
  const rows = questions.map(({ name, goal }) => {
    const figures = large.reads[name];
    const busy = large.busyReads?.[name];
    return [
      name,
      ms(figures.p50Ms),
      ms(figures.p99Ms),
      `${goal[0]} / ${goal[1] ?? '–'}`,
      verdict(figures.p50Ms <= goal[0] && (goal[1] === null || figures.p99Ms <= goal[1])),
      ms(figures.cpuMs),
      ms(figures.coldMs),
      ms(large.floors[name]),
      times(figures.p50Ms / large.floors[name]),
      times(small && figures.p50Ms / small.reads[name].p50Ms),
      times(small && figures.cpuMs / small.reads[name].cpuMs),
      times(busy && busy.p50Ms / goal[0]),
    ];
  });
  const head =
    ',p50 ms,p99 ms,goal,,CPU ms,first ms,floor ms,ratio,growth,of CPU,under load ÷ goal'.split(
      ',',
    );
  return `${toTable([head, ...rows])}

warm; CPU of the service for one request; first: after the start, when nothing is remembered yet;
floor: the core of the question put to the engine alone, without de-duplication; growth: from the smallest set;
under load: while events come in at half of the highest rate (goal: at most 3 ×)`;
}

function reportSet(result) {
  const { eventCount, rowCount, rawBytes, diskBytes, parts } = result;
  const rawPerEvent = rawBytes / rowCount;
  return `${eventCount.toLocaleString('en')} events and ${(rowCount - eventCount).toLocaleString('en')} updates: ${rawPerEvent.toFixed(0)} B of JSON each, ${(diskBytes / eventCount).toFixed(0)} B on disk an event
  disk: 1/${((rawPerEvent * eventCount) / diskBytes).toFixed(2)} of the JSON of the events, 1/${(rawBytes / diskBytes).toFixed(2)} of all that was sent (goal 1/6), ${parts} parts
  ready ${ms(result.startMs)} ms after a start (goal 2000), ${ms(result.firstStartMs)} ms after the first one, ${MiB(result.idleBytes)} resident when idle (goal 400 MiB)`;
}

function reportIngest({ batches, singles }) {
  return `batches of ${batches.eventsPerBatch} × ${batches.eventBytes} B: ${batches.serviceEventsPerSecond.toFixed(0)} events/s, floor ${batches.floorEventsPerSecond.toFixed(0)}, ratio ${batches.ratio.toFixed(2)} (goal 0.5: ${verdict(batches.ratio >= 0.5)}); CPU ratio ${batches.cpuRatio.toFixed(2)}
single events, ${singles.callers} callers: p50 ${ms(singles.p50Ms)} ms, p99 ${ms(singles.p99Ms)}, one bare insert ${ms(singles.bareInsertMs)}, ratio ${(singles.p50Ms / singles.bareInsertMs).toFixed(1)} (goal 4: ${verdict(singles.p50Ms <= 4 * singles.bareInsertMs)}); ${singles.eventsPerSecond.toFixed(0)}/s (goal 2000: ${verdict(singles.eventsPerSecond >= 2000)}); event loop delay p99 ${ms(singles.loopDelayP99Ms)} ms (goal 50: ${verdict(singles.loopDelayP99Ms <= 50)})`;
}

const reportSoak = (soak) =>
  `${soak.minutes} min of mixed load: ${soak.events} events, ${soak.updates} updates, ${soak.reads} reads; at most ${soak.maxParts} parts, ${soak.idleParts} after it; at most ${MiB(soak.maxResidentBytes)} resident (goal 1229 MiB: ${verdict(soak.maxResidentBytes <= 1.2 * 1024 ** 3)}), ${MiB(soak.idleResidentBytes)} after it`;

/** All of it as text. */
export const toReport = ({ results, ingest, soak }) =>
  [
    ...results.map(reportSet),
    reportReads(results),
    ...(ingest ? [reportIngest(ingest)] : []),
    ...(soak ? [reportSoak(soak)] : []),
  ].join('\n\n');
