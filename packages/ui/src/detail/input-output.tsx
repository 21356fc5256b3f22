import { CircleX } from 'lucide-react';
import { CopyButton } from '../kit/copy-button.tsx';
import { TextView } from '../payload/text/text-view.tsx';
import { detailText } from '../text/detail.ts';
import { BucketView } from './bucket-view.tsx';
import styles from './detail.module.css';
import type { EventDetail } from './event-detail.ts';
import type { EventName } from './event-query.ts';

export interface InputOutputProps {
  readonly name: EventName;
  readonly type: string;
  readonly detail: EventDetail;
}

/** What went wrong, what an event was given, and what it gave. */
export function InputOutput({ name, type, detail }: InputOutputProps) {
  const error = detail.event.get('error')?.string ?? null;
  return (
    <>
      {error !== null && (
        <section className={styles.error} aria-label={detailText.error}>
          <header>
            <CircleX aria-hidden />
            <h3>{detailText.error}</h3>
            <span className={styles.space} />
            <CopyButton text={error} />
          </header>
          <TextView text={error} look="code" />
        </section>
      )}
      {detail.isEmptied && <p className={styles.note}>{detailText.emptied}</p>}
      <BucketView name={name} detail={detail} bucket="inputs" label={detailText.input} />
      <BucketView
        name={name}
        detail={detail}
        bucket="outputs"
        label={detailText.output}
        answerRole={type === 'model' ? 'assistant' : null}
      />
    </>
  );
}
