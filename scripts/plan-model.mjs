// What a rate of events needs: a pure function of the load and of figures, each with its source.

const secondsOfDay = 86_400;
const bytesOfKb = 1_000;

/**
 * What the plan is made of: value, unit, and where it comes from. `isMeasured`: by a benchmark of this repository; all
 * others are assumptions.
 */
export const figures = {
  eventMicros: {
    value: 200,
    unit: 'µs of CPU an event of 1 KB in batches of 100, engine and merges included',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Fair scheduling (189, 194) and Wider merges (202, 205)',
  },
  mainThreadMicros: {
    value: 95,
    unit: 'µs of these on the main thread of the service',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Fair scheduling (91 to 96)',
  },
  requestMicros: {
    value: 280,
    unit: 'µs of CPU a request more',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Group commit: 478 for single events, less those of a batch',
  },
  maxRate: {
    value: 8_137,
    unit: 'events/s of 1 KB in batches of 100: the most of one process on 2 cores',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Fair scheduling (8,137 to 9,896)',
  },
  compression: {
    value: 6,
    unit: 'bytes of JSON for a byte on disk, of events of 2.9 KB',
    isMeasured: true,
    source: 'docs/benchmarks/reads.md, Disk (1/6.02) and What screens ask (1/6.18)',
  },
  chartMicros: {
    value: 0.44,
    unit: 'µs of CPU an event in the range, for one visit of the charts screen without caches',
    isMeasured: true,
    source: 'docs/benchmarks/reads.md, What screens ask: 2,190 ms for 5 million events',
  },
  lookupFactor: {
    value: 1 / 0.85,
    unit: 'times the CPU where ids are looked up in the store at each create',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Group commit: the filter of known ids saves 15 %',
  },
  processMemoryGib: {
    value: 1,
    unit: 'GiB resident of one process with its engine under load (973 MiB)',
    isMeasured: true,
    source: 'docs/benchmarks/reads.md, Mixed load and memory; 5 million events',
  },
  sharedGroup: {
    value: 500,
    unit: 'events in one insert at most, where servers share the stores',
    isMeasured: true,
    source: 'packages/server/src/ingest/committer.ts, maxSharedWrites',
  },
  inserts: {
    value: 50,
    unit: 'inserts/s at most in a benchmark',
    isMeasured: true,
    source: 'docs/benchmarks/writes.md, Group commit: 3,170 / 64',
  },
  sizeShare: {
    value: 0.5,
    unit: 'of the CPU grows with the size of an event',
    isMeasured: false,
    source: 'only events of 1 KB were measured',
  },
  remoteFactor: {
    value: 1.3,
    unit: 'times the CPU of a server for HTTP to ClickHouse and turns in PostgreSQL',
    isMeasured: false,
    source: 'the goal of `npm run bench -- scale`',
  },
  commitSeconds: {
    value: 0.1,
    unit: 's for a commit: turn, look-ups, insert; one is in flight on each server',
    isMeasured: false,
    source: 'depends on network and quorum: see honeyhive_commit_seconds',
  },
  load: {
    value: 0.6,
    unit: 'of a core or thread is used at the peak',
    isMeasured: false,
    source: 'room for reads, bursts, and a server that restarts',
  },
  readShare: {
    value: 0.5,
    unit: 'of the CPU of writes comes on top for reads',
    isMeasured: false,
    source: 'depends on how people use it',
  },
  diskRoom: {
    value: 1.5,
    unit: 'times the data: merges write before they delete; alerts for full disks need time',
    isMeasured: false,
    source: 'room that merges and people need',
  },
  memoryPerCore: {
    value: 4,
    unit: 'GiB of memory for each core of ClickHouse',
    isMeasured: false,
    source: 'the usual ratio of hosts for ClickHouse',
  },
  processEvents: {
    value: 300_000_000,
    unit: 'events that one process keeps at most',
    isMeasured: false,
    source: 'reads were measured with 5 million',
  },
  hostCores: {
    value: 64,
    unit: 'cores of the largest ClickHouse host',
    isMeasured: false,
    source: 'what providers offer',
  },
  hostDiskBytes: {
    value: 30e12,
    unit: 'bytes of disk of the largest ClickHouse host',
    isMeasured: false,
    source: 'what providers offer; recovery of a replica copies all of it',
  },
};

const of = (name) => figures[name].value;

/** CPU µs of one event of this size in batches of this many; 1 KB is what was measured. */
function costOf(micros, { eventKb, batchEvents }) {
  const share = of('sizeShare');
  return micros * (1 - share + share * eventKb) + of('requestMicros') / batchEvents;
}

function planDisk({ eventsPerSecond, eventKb, retentionDays }) {
  const events = eventsPerSecond * secondsOfDay * retentionDays;
  const bytesPerEvent = (eventKb * bytesOfKb) / of('compression');
  return { events, bytesPerEvent, dataBytes: events * bytesPerEvent };
}

/** Everything in one process and a data folder, which does not reach further than its main thread and disk. */
function planProcess(load, peak) {
  const micros = costOf(of('eventMicros'), load) * (1 + of('readShare'));
  return {
    cores: Math.max(2, Math.ceil((peak * micros) / 1e6 / of('load'))),
    memoryGib: Math.max(4, Math.ceil(of('processMemoryGib') * 2)),
  };
}

function planServers(load, peak) {
  const micros = costOf(of('mainThreadMicros'), load) * of('lookupFactor') * of('remoteFactor');
  const byCpu = Math.ceil((peak * micros) / 1e6 / of('load'));
  const byCommits = Math.ceil((peak * of('commitSeconds')) / of('sharedGroup') / of('load'));
  const count = Math.max(2, byCpu, byCommits);
  return {
    count,
    boundBy: byCpu >= byCommits ? 'CPU of the main thread' : 'one commit at a time',
    microsPerEvent: micros,
    // One for the main thread; garbage collection, compression and TLS run beside it.
    coresEach: 2,
    memoryGibEach: 2,
    connections: count * 13,
  };
}

function planClickHouse(load, peak, { disk, servers }) {
  const engine =
    costOf(of('eventMicros'), { ...load, batchEvents: Infinity }) -
    costOf(of('mainThreadMicros'), { ...load, batchEvents: Infinity });
  const micros = engine * of('lookupFactor') * (1 + of('readShare'));
  const cores = Math.max(4, Math.ceil((peak * micros) / 1e6 / of('load')));
  const diskBytes = disk.dataBytes * of('diskRoom');
  const inGroup = (peak / servers.count) * of('commitSeconds');
  // A larger batch is one insert, too.
  const inInsert = Math.max(1, load.batchEvents, Math.min(of('sharedGroup'), inGroup));
  const insertsPerSecond = peak / inInsert;
  const hosts = Math.max(cores / of('hostCores'), diskBytes / of('hostDiskBytes'));
  return {
    replicas: load.replicas,
    coresEach: cores,
    memoryGibEach: Math.max(8, cores * of('memoryPerCore')),
    diskBytesEach: diskBytes,
    microsPerEvent: micros,
    insertsPerSecond,
    installations: Math.ceil(hosts),
  };
}

/** Hours of the charts screen that one project with all events can show within the limit of a request. */
function chartHours(eventsPerSecond, cores, limitSeconds = 10) {
  return (limitSeconds * cores * 1e6) / of('chartMicros') / eventsPerSecond / 3_600;
}

/**
 * What a load needs.
 *
 * @param load `eventsPerSecond` on average, `eventKb` of JSON (1 KB = 1,000 bytes), `retentionDays`, `peak` (times the
 *   average that servers must bear), `batchEvents` in a request, `replicas` of ClickHouse
 * @returns `kind: 'process'`: one process with its data folder; `kind: 'servers'`: servers on ClickHouse and PostgreSQL
 */
export function planFor(load) {
  const peak = load.eventsPerSecond * load.peak;
  const disk = planDisk(load);
  const processRate =
    of('maxRate') * of('load') * (of('eventMicros') / costOf(of('eventMicros'), load));
  const isSmall = peak <= processRate && disk.events <= of('processEvents');
  const shared = { load, peak, disk, networkBytes: peak * load.eventKb * bytesOfKb };
  if (isSmall) {
    const process = planProcess(load, peak);
    const diskBytes = disk.dataBytes * of('diskRoom');
    return { kind: 'process', ...shared, process: { ...process, diskBytes, maxRate: processRate } };
  }
  const servers = planServers(load, peak);
  const clickHouse = planClickHouse(load, peak, { disk, servers });
  return {
    kind: 'servers',
    ...shared,
    servers,
    clickHouse,
    chartHours: chartHours(load.eventsPerSecond, clickHouse.coresEach),
  };
}
