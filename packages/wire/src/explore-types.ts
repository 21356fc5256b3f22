import type { z } from 'zod';
import type * as chart from './schemas/explore/chart.ts';
import type * as differences from './schemas/explore/differences.ts';
import type * as durations from './schemas/explore/durations.ts';
import type * as field from './schemas/explore/field.ts';
import type * as live from './schemas/explore/live.ts';
import type * as row from './schemas/explore/row.ts';
import type * as selection from './schemas/explore/selection.ts';
import type * as skeleton from './schemas/explore/skeleton.ts';
import type * as upkeep from './schemas/explore/upkeep.ts';
import type * as view from './schemas/explore/view.ts';
import type * as key from './schemas/key.ts';
import type * as signIn from './schemas/sign-in.ts';

export type SignIn = z.infer<typeof signIn.signIn>;
export type SignedIn = z.infer<typeof signIn.signedIn>;

export type Key = z.infer<typeof key.key>;
export type KeyIn = z.infer<typeof key.keyIn>;
export type KeyCreated = z.infer<typeof key.keyCreated>;
export type KeyList = z.infer<typeof key.keyList>;

export type ExploreScope = z.infer<typeof selection.exploreScope>;
export type Preview = z.infer<typeof row.preview>;
export type ExploreRow = z.infer<typeof row.row>;
export type ExploreSessionRow = z.infer<typeof row.sessionRow>;
export type RowsQuery = z.infer<typeof row.rowsQuery>;
export type RowsPage = z.infer<typeof row.rowsPage>;
export type RowSort = NonNullable<RowsQuery['sort']>;

export type Skeleton = z.infer<typeof skeleton.skeleton>;
export type EventDetail = z.infer<typeof skeleton.eventDetail>;
export type EventPart = (typeof skeleton.eventParts)[number];
export type FindQuery = z.infer<typeof skeleton.findQuery>;
export type FindResult = z.infer<typeof skeleton.findResult>;

export type FieldsQuery = z.infer<typeof field.fieldsQuery>;
export type FieldList = z.infer<typeof field.fieldList>;
export type FieldType = (typeof field.fieldTypes)[number];
export type ValuesQuery = z.infer<typeof field.valuesQuery>;
export type ValueList = z.infer<typeof field.valueList>;

export type HistogramQuery = z.infer<typeof chart.histogramQuery>;
export type Histogram = z.infer<typeof chart.histogram>;
export type ExploreChartQuery = z.infer<typeof chart.chartQuery>;
export type ExploreChart = z.infer<typeof chart.exploreChart>;
export type GroupsQuery = z.infer<typeof chart.groupsQuery>;
export type GroupList = z.infer<typeof chart.groupList>;

export type DurationsQuery = z.infer<typeof durations.durationsQuery>;
export type Durations = z.infer<typeof durations.durations>;

export type DifferencesQuery = z.infer<typeof differences.differencesQuery>;
export type Differences = z.infer<typeof differences.differences>;

/** Data of the events of a stream, by the name of the event. */
export type LiveEvents = {
  readonly [Name in keyof typeof live.liveEvents]: z.infer<(typeof live.liveEvents)[Name]>;
};

export type SavedView = z.infer<typeof view.view>;
export type SavedViewIn = z.infer<typeof view.viewIn>;
export type SavedViewList = z.infer<typeof view.viewList>;

export type RetentionQuery = z.infer<typeof upkeep.retentionQuery>;
export type RetentionEstimate = z.infer<typeof upkeep.retentionEstimate>;
export type DeleteMany = z.infer<typeof upkeep.deleteMany>;
export type DeletedMany = z.infer<typeof upkeep.deletedMany>;
