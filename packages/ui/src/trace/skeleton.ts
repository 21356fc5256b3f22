import type { Skeleton } from 'honeyhive-wire';

/** The columns of a session that its tree and its waterfall are made of: one entry for each event, by start time. */
export type SkeletonColumns = {
  readonly [
    Name in
      | 'ids'
      | 'names'
      | 'types'
      | 'models'
      | 'parent'
      | 'type'
      | 'name'
      | 'model'
      | 'start'
      | 'duration'
      | 'error'
      | 'tokens'
      | 'cost'
      | 'feedback'
  ]: Readonly<Skeleton[Name]>;
};

/** The event names no parent. */
export const rootParent = -1;
/** The event names a parent that the session does not have. */
export const lostParent = -2;
