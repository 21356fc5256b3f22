/** A number that plans are made of, and where it comes from. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly isMeasured: boolean;
  readonly source: string;
}
export const figures: Readonly<Record<string, Figure>>;

export interface Load {
  readonly eventsPerSecond: number;
  readonly eventKb: number;
  readonly retentionDays: number;
  readonly peak: number;
  readonly batchEvents: number;
  readonly replicas: number;
}

interface Shared {
  readonly load: Load;
  /** Events a second. */
  readonly peak: number;
  readonly disk: {
    readonly events: number;
    readonly bytesPerEvent: number;
    readonly dataBytes: number;
  };
  readonly networkBytes: number;
}

export type Plan = Shared &
  (
    | {
        readonly kind: 'process';
        readonly process: {
          readonly cores: number;
          readonly memoryGib: number;
          readonly diskBytes: number;
          readonly maxRate: number;
        };
      }
    | {
        readonly kind: 'servers';
        readonly servers: {
          readonly count: number;
          readonly boundBy: string;
          readonly microsPerEvent: number;
          readonly coresEach: number;
          readonly memoryGibEach: number;
          readonly connections: number;
        };
        readonly clickHouse: {
          readonly replicas: number;
          readonly coresEach: number;
          readonly memoryGibEach: number;
          readonly diskBytesEach: number;
          readonly microsPerEvent: number;
          readonly insertsPerSecond: number;
          readonly installations: number;
        };
        readonly chartHours: number;
      }
  );

/** What a load needs. */
export function planFor(load: Load): Plan;
