import { formatInstant } from '../format/time.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import type { JsonNode } from '../payload/json/json-node.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { detailText } from '../text/detail.ts';
import { BucketView, type BucketName } from './bucket-view.tsx';
import styles from './detail.module.css';
import type { EventDetail } from './event-detail.ts';
import type { EventName } from './event-query.ts';

const buckets = ['metadata', 'config', 'metrics', 'user_properties', 'feedback'] as const;

/** Everything about an event that is neither its input nor its output. */
export function MetadataTab({
  name,
  detail,
}: {
  readonly name: EventName;
  readonly detail: EventDetail;
}) {
  const isFilled = (bucket: BucketName) =>
    detail.omitted.has(bucket) || (detail.event.get(bucket)?.count ?? 0) > 0;
  const empty = buckets.filter((bucket) => !isFilled(bucket));
  return (
    <>
      <Facts event={detail.event} />
      {buckets.filter(isFilled).map((bucket) => (
        <BucketView
          key={bucket}
          name={name}
          detail={detail}
          bucket={bucket}
          label={detailText.buckets[bucket]}
        />
      ))}
      {empty.length > 0 && (
        <p className={styles.note}>
          {detailText.emptyBuckets(empty.map((bucket) => detailText.buckets[bucket]).join(', '))}
        </p>
      )}
    </>
  );
}

function Facts({ event }: { readonly event: JsonNode }) {
  const [zone] = useTimeZone();
  const at = (field: string) => {
    const ms = Number(event.get(field)?.source);
    return Number.isFinite(ms) && ms > 0
      ? formatInstant(ms, zone, 'milliseconds')
      : detailText.notTold;
  };
  const ids = [
    [detailText.eventId, event.stringAt('event_id')],
    [detailText.sessionId, event.stringAt('session_id')],
    [detailText.parentId, event.stringAt('parent_id')],
    [detailText.projectId, event.stringAt('project_id')],
  ] as const;
  return (
    <dl className={styles.facts} aria-label={detailText.facts}>
      <dt>{detailText.started}</dt>
      <dd>{at('start_time')}</dd>
      <dt>{detailText.ended}</dt>
      <dd>{at('end_time')}</dd>
      {ids.map(
        ([label, id]) =>
          id !== null && (
            <div key={label} className={styles.fact}>
              <dt>{label}</dt>
              <dd>
                <code>{id}</code>
                <CopyButton text={id} label={detailText.copyId(id)} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
