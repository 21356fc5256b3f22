import { useMemo } from 'react';
import { readMessages } from 'honeyhive-facts/messages';
import type { EventDetail } from '../detail/event-detail.ts';
import { useEventDetail } from '../detail/event-query.ts';
import { BucketView } from '../detail/bucket-view.tsx';
import { JsonDiffView } from '../diff/json-diff-view.tsx';
import { MessageDiffView } from '../diff/message-diff-view.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { JsonNode } from '../payload/json/json-node.ts';
import { readJson } from '../payload/json/json-reader.ts';
import { compareText } from '../text/compare.ts';
import styles from './compare.module.css';

export interface PairDetailProps {
  readonly project: string;
  /** Id of the event in A; null when A has none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly isModel: boolean;
}

/** What an event was given and gave: what differs between both sides, or all of it where there is one side. */
export function PairDetail({ project, before, after, isModel }: PairDetailProps) {
  if (before !== null && after !== null) {
    return <Both project={project} before={before} after={after} isModel={isModel} />;
  }
  return <One project={project} eventId={before ?? after ?? ''} />;
}

interface BothProps {
  readonly project: string;
  readonly before: string;
  readonly after: string;
  readonly isModel: boolean;
}

const buckets = ['inputs', 'outputs'] as const;

function Both({ project, before, after, isModel }: BothProps) {
  const one = useEventDetail({ project, eventId: before });
  const other = useEventDetail({ project, eventId: after });
  const error = one.error ?? other.error;
  const retry = () => {
    void one.refetch();
    void other.refetch();
  };
  if (error) return <InlineError error={error} onRetry={retry} />;
  if (!one.data || !other.data) return <Skeleton rows={8} />;
  return buckets.map((bucket) => (
    <section key={bucket} className={styles.bucket} aria-label={compareText[bucket]}>
      <h2>{compareText[bucket]}</h2>
      <BucketDiff bucket={bucket} before={one.data} after={other.data} isModel={isModel} />
    </section>
  ));
}

interface BucketDiffProps {
  readonly bucket: (typeof buckets)[number];
  readonly before: EventDetail;
  readonly after: EventDetail;
  readonly isModel: boolean;
}

function BucketDiff({ bucket, before, after, isModel }: BucketDiffProps) {
  const isLarge = before.omitted.has(bucket) || after.omitted.has(bucket);
  const sides = useMemo(
    () => [before, after].map((detail) => readJson(detail.event.get(bucket)?.source ?? 'null')),
    [before, after, bucket],
  );
  const role = isModel && bucket === 'outputs' ? 'assistant' : null;
  const lists = useMemo(
    () => sides.map((side) => readMessages(new JsonNode(side), { answerRole: role })),
    [sides, role],
  );
  if (isLarge) return <p className={styles.note}>{compareText.tooLarge}</p>;
  const [one, other] = sides;
  const [first, second] = lists;
  if (first && second) {
    return <MessageDiffView before={first.messages} after={second.messages} />;
  }
  return one && other ? <JsonDiffView before={one} after={other} /> : null;
}

function One({ project, eventId }: { readonly project: string; readonly eventId: string }) {
  const name = { project, eventId };
  const { data, error, refetch } = useEventDetail(name);
  if (error) return <InlineError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  return (
    <>
      <p className={styles.note}>{compareText.absent}</p>
      {buckets.map((bucket) => (
        <BucketView
          key={bucket}
          name={name}
          detail={data}
          bucket={bucket}
          label={compareText[bucket]}
        />
      ))}
    </>
  );
}
