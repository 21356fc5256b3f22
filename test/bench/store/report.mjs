import { MiB, ms, toTable } from './figures.mjs';
import { questions } from './questions.mjs';

const times = (ratio) => (Number.isFinite(ratio) ? `${ratio.toFixed(1)} ×` : '–');
const verdict = (isMet) => (isMet ? 'met' : 'MISSED');

/** One row for each question: figures at the largest size, and how they grew from the smallest. */
function reportReads(results) {
  const large = results.at(-1);
  const small = results.length > 1 ? results[0] : null;
  const asked = questions.filter(({ name }) => name in large.reads);
  const rows = asked.map(({ name, goal }) => {
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

warm: every file was read before, and the service had nothing left to do; CPU of the service for one request; first: after the start, with empty caches;
floor: the core of the question put to the engine alone, without de-duplication; growth: from the smallest set;
under load: while events come in at half of the highest rate (goal: at most 3 ×)`;
}

const rawPerEvent = ({ rawBytes, rowCount }) => rawBytes / rowCount;
const diskPerEvent = ({ diskBytes, eventCount }) => diskBytes / eventCount;
const perSecond = (rate) => `${rate.toFixed(0)}/s`;
const growth = (large, small, read) => (small ? times(read(large) / read(small)) : '–');

function storeRows(large, small) {
  const grows = (read) => growth(large, small, read);
  const ofRaw = large.rawBytes / large.diskBytes;
  return [
    [
      'bytes on disk for an event, of those sent',
      `${diskPerEvent(large).toFixed(0)} B`,
      '1/6',
      verdict(ofRaw >= 6),
      `${(large.rawBytes / large.eventCount).toFixed(0)} B sent`,
      `1/${ofRaw.toFixed(2)}`,
      grows(diskPerEvent),
    ],
    [
      'ready after a start',
      `${ms(large.startMs)} ms`,
      '2000 ms',
      verdict(large.startMs <= 2_000),
      `${ms(large.firstStartMs)} ms the first time`,
      times(large.startMs / large.firstStartMs),
      grows(({ startMs }) => startMs),
    ],
    [
      'resident when idle after a start',
      MiB(large.idleBytes),
      '400 MiB',
      verdict(large.idleBytes <= 400 * 1024 ** 2),
      '–',
      '–',
      grows(({ idleBytes }) => idleBytes),
    ],
  ];
}

const batchRow = (batches) => [
  `batches of ${batches.eventsPerBatch} × ${batches.eventBytes} B`,
  perSecond(batches.serviceEventsPerSecond),
  '0.5 of floor',
  verdict(batches.ratio >= 0.5),
  perSecond(batches.floorEventsPerSecond),
  `${batches.ratio.toFixed(2)} (CPU ${batches.cpuRatio.toFixed(2)})`,
  '–',
];

function singleRows({ singles }, small) {
  const bare = singles.bareInsertMs;
  const grows = (read) => growth(singles, small?.singles, read);
  return [
    [
      `a single event, ${singles.callers} callers, p50`,
      `${ms(singles.p50Ms)} ms`,
      '4 × floor',
      verdict(singles.p50Ms <= 4 * bare),
      `${ms(bare)} ms a bare insert`,
      times(singles.p50Ms / bare),
      grows(({ p50Ms }) => p50Ms),
    ],
    [
      'single events',
      perSecond(singles.eventsPerSecond),
      '2000/s',
      verdict(singles.eventsPerSecond >= 2_000),
      `${perSecond(1000 / bare)} bare inserts`,
      times((singles.eventsPerSecond * bare) / 1000),
      grows(({ eventsPerSecond }) => eventsPerSecond),
    ],
    [
      'delay of the event loop meanwhile, p99',
      `${ms(singles.loopDelayP99Ms)} ms`,
      '50 ms',
      verdict(singles.loopDelayP99Ms <= 50),
      '–',
      '–',
      grows(({ loopDelayP99Ms }) => loopDelayP99Ms),
    ],
  ];
}

/** Parts merge as they come: a bounded number is left, far below the thousand at which the engine slows inserts. */
const maxParts = 100;

function soakRows(soak) {
  const row = (what, bytes, goalMiB) => [
    what,
    MiB(bytes),
    `${goalMiB} MiB`,
    verdict(bytes <= goalMiB * 1024 ** 2),
    '–',
    '–',
    '–',
  ];
  return [
    [
      `parts in ${soak.minutes} min of mixed load`,
      soak.maxParts,
      maxParts,
      verdict(soak.maxParts <= maxParts),
      `${soak.idleParts} after it`,
      times(soak.maxParts / soak.idleParts),
      '–',
    ],
    row('resident meanwhile', soak.maxResidentBytes, 1_229),
    row('resident half a minute later', soak.idleResidentBytes, 400),
  ];
}

/** How much of its goal the slowest of the reads takes while events come in. */
function busyRow({ busyReads, load }) {
  const worst = questions
    .map(({ name, goal }) => ({ name, ratio: busyReads[name].p50Ms / goal[0] }))
    .toSorted((a, b) => b.ratio - a.ratio)[0];
  const late = load.late > 0 ? `, late ${load.late} times` : '';
  return [
    'slowest read under load ÷ its goal',
    times(worst.ratio),
    '3 ×',
    verdict(worst.ratio <= 3),
    worst.name,
    `${load.events} events came in${late}`,
    '–',
  ];
}

/** One row for everything that is not a read. */
function reportRest({ results, batches, soak }) {
  const large = results.at(-1);
  const small = results.length > 1 ? results[0] : null;
  const head = ',figure,goal,,floor or beside it,ratio,growth'.split(',');
  return toTable([
    head,
    ...storeRows(large, small),
    ...(batches ? [batchRow(batches)] : []),
    ...(large.singles ? singleRows(large, small) : []),
    ...(large.busyReads ? [busyRow(large)] : []),
    ...(soak ? soakRows(soak) : []),
  ]);
}

const reportSet = (set) =>
  `${set.eventCount.toLocaleString('en')} events and ${(set.rowCount - set.eventCount).toLocaleString('en')} updates: ${rawPerEvent(set).toFixed(0)} B of JSON each, ${set.parts} parts`;

function reportSoak(soak) {
  const minutes = soak.perMinute.map(({ parts, residentBytes }, index) => [
    String(index + 1),
    String(parts),
    MiB(residentBytes),
  ]);
  return [
    `mixed load: ${soak.events} events, ${soak.updates} updates, ${soak.reads} reads in ${soak.minutes} min`,
    toTable(['minute,parts,resident'.split(','), ...minutes]),
    `in the second half, each minute: ${signed(soak.partsPerMinute)} parts, ${signed(soak.residentBytesPerMinute / 1024 ** 2)} MiB`,
  ].join('\n\n');
}

const signed = (value) => `${value < 0 ? '' : '+'}${value.toFixed(1)}`;

/** All of it as text. */
export const toReport = (report) =>
  [
    ...report.results.map(reportSet),
    reportReads(report.results),
    reportRest(report),
    ...(report.soak ? [reportSoak(report.soak)] : []),
  ].join('\n\n');

/** The mixed load alone. */
export const toSoakReport = ({ soak, eventsPerSecond }) =>
  [
    toTable([',figure,goal,,beside it,ratio,growth'.split(','), ...soakRows(soak)]),
    `asked for: ${perSecond(eventsPerSecond)}`,
    reportSoak(soak),
  ].join('\n\n');
