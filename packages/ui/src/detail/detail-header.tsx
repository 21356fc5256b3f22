import { CircleCheck, CircleX, Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../format/duration.ts';
import { writeClipboard } from '../kit/clipboard.ts';
import { Chip, ChipButton } from '../kit/chip.tsx';
import type { ChipTone } from '../kit/chip.tsx';
import { EventTypeIcon } from '../kit/event-type-icon.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { Menu } from '../kit/menu.tsx';
import { showToast } from '../kit/toasts.tsx';
import { downloadHref } from '../api/event-part.ts';
import { printJson } from '../payload/json/json-print.ts';
import { MarkedText } from '../payload/text/marked-text.tsx';
import { useValueActions } from '../payload/value-actions.ts';
import { basePath } from '../state/base-path.ts';
import { detailText } from '../text/detail.ts';
import { printCurl } from './curl.ts';
import styles from './detail.module.css';
import { DurationRankChip } from './duration-rank-chip.tsx';
import { readUsageDetail, type EventDetail } from './event-detail.ts';
import type { EventHead } from './event-head.ts';
import type { EventName } from './event-query.ts';
import { FeedbackBar } from './feedback-bar.tsx';
import { toUsageWords } from './usage-words.ts';
import { showName } from '../kit/shown-text.ts';

export interface DetailHeaderProps {
  readonly name: EventName;
  readonly head: EventHead;
  /** Undefined as long as it is being loaded. */
  readonly detail: EventDetail | undefined;
  readonly actions?: ReactNode;
}

/** The facts of an event in a few lines, and what was said of it. */
export function DetailHeader({ name, head, detail, actions }: DetailHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <EventTypeIcon type={head.type} />
        <h2>
          <MarkedText text={head.name.trim() === '' ? showName(head.name) : head.name} />
        </h2>
        <span className={styles.space} />
        <EventMenu name={name} detail={detail} />
        {actions}
      </div>
      <div className={styles.chips}>
        <Status isFailed={head.isFailed} />
        <FilterChip field="event_type" value={head.type} what={detailText.type} tone={head.type} />
        <FilterChip field="model" value={head.model} what={detailText.model} />
        <Chip>
          {head.durationMs === null ? detailText.running : formatDuration(head.durationMs)}
        </Chip>
        <Usage head={head} detail={detail} />
        <FilterChip field="source" value={head.source} what={detailText.source} />
        <FilterChip field="user" value={head.user} what={detailText.user} />
        <IdChip id={head.eventId} />
        {head.type !== 'session' && <DurationRankChip project={name.project} head={head} />}
      </div>
      <FeedbackBar name={name} bucket={detail?.event.get('feedback')} />
    </header>
  );
}

function Status({ isFailed }: { readonly isFailed: boolean }) {
  const { onFilter } = useValueActions();
  const icon = isFailed ? <CircleX aria-hidden /> : <CircleCheck aria-hidden />;
  const tone = isFailed ? 'error' : 'ok';
  const words = isFailed ? detailText.failed : detailText.succeeded;
  if (!onFilter || !isFailed) {
    return (
      <Chip tone={tone} icon={icon}>
        {words}
      </Chip>
    );
  }
  return (
    <ChipButton
      tone={tone}
      icon={icon}
      title={detailText.filterBy(detailText.error.toLowerCase())}
      onClick={() => onFilter({ path: ['error'], value: null, isNegated: false })}
    >
      {words}
    </ChipButton>
  );
}

const tones: Readonly<Record<string, ChipTone>> = {
  session: 'session',
  model: 'model',
  tool: 'tool',
  chain: 'chain',
};

interface FilterChipProps {
  /** Name of the field in a filter. */
  readonly field: string;
  /** Nothing is shown for null. */
  readonly value: string | null;
  /** What the value is, in words. */
  readonly what: string;
  readonly tone?: string;
}

/** A fact to filter by, where there is something to filter. */
function FilterChip({ field, value, what, tone = '' }: FilterChipProps) {
  const { onFilter } = useValueActions();
  if (value === null || value === '') return null;
  if (!onFilter) return <Chip tone={tones[tone]}>{value}</Chip>;
  return (
    <ChipButton
      tone={tones[tone]}
      title={detailText.filterBy(what)}
      onClick={() => onFilter({ path: [field], value: JSON.stringify(value), isNegated: false })}
    >
      {value}
    </ChipButton>
  );
}

/** Of a session the sums are those of its events, and its own buckets say nothing of them. */
function Usage({ head, detail }: Pick<DetailHeaderProps, 'head' | 'detail'>) {
  const own = head.type === 'session' ? undefined : detail;
  const usage = own ? readUsageDetail(own.event) : null;
  return toUsageWords(head, usage, own?.cost).map((words) => <Chip key={words}>{words}</Chip>);
}

const copy = (text: string) =>
  void writeClipboard(text).then(() => showToast({ text: detailText.copied }));

function IdChip({ id }: { readonly id: string }) {
  return (
    <ChipButton className={styles.id} title={detailText.copyId(id)} onClick={() => copy(id)}>
      {id}
    </ChipButton>
  );
}

function EventMenu({ name, detail }: Pick<DetailHeaderProps, 'name' | 'detail'>) {
  const copyJson = () => {
    if (detail) copy(printJson(detail.event.document, detail.event.index));
  };
  return (
    <Menu
      label={detailText.more}
      align="end"
      trigger={(props) => <IconButton label={detailText.more} icon={<Ellipsis />} {...props} />}
      items={[
        { label: detailText.copyEventId, onSelect: () => copy(name.eventId) },
        {
          label: detailText.copyCurl,
          onSelect: () => copy(printCurl(window.location.origin + basePath, name.eventId)),
        },
        { label: detailText.copyJson, onSelect: copyJson, isDisabled: !detail },
        {
          label: detailText.downloadJson,
          onSelect: () => window.location.assign(downloadHref({ ...name, part: 'event' })),
        },
      ]}
    />
  );
}
