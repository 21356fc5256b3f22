import { EventPartView } from '../payload/event-part-view.tsx';
import { Payload } from '../payload/payload.tsx';
import type { EventDetail } from './event-detail.ts';
import type { EventName } from './event-query.ts';

/** Buckets of an event that a person looks at. */
export type BucketName =
  | 'inputs'
  | 'outputs'
  | 'metadata'
  | 'config'
  | 'metrics'
  | 'user_properties'
  | 'feedback';

export interface BucketViewProps {
  readonly name: EventName;
  readonly detail: EventDetail;
  readonly bucket: BucketName;
  readonly label: string;
  /** Who says content without a role; null: nobody. */
  readonly answerRole?: string | null;
}

/** A bucket of an event: from the event, or loaded separately if it is large. */
export function BucketView({ name, detail, bucket, label, answerRole = null }: BucketViewProps) {
  const shared = { label, field: bucket, answerRole };
  if (detail.omitted.has(bucket)) {
    return <EventPartView key={bucket} {...shared} address={{ ...name, part: bucket }} />;
  }
  return <Payload key={bucket} {...shared} source={detail.event.get(bucket)?.source ?? 'null'} />;
}
