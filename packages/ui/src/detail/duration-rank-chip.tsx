import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client.ts';
import { formatCount } from '../format/number.ts';
import { Chip, ChipButton } from '../kit/chip.tsx';
import { useValueActions } from '../payload/value-actions.ts';
import type { Filter } from '../query/filter.ts';
import { detailText } from '../text/detail.ts';
import { rankDuration, type DurationRank } from './duration-rank.ts';
import styles from './duration-rank-chip.module.css';
import type { EventHead } from './event-head.ts';

interface DurationRankChipProps {
  /** Id of the project. */
  readonly project: string;
  readonly head: EventHead;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Where the duration falls among those of events of the same name, in the day up to the end of this one. */
export function DurationRankChip({ project, head }: DurationRankChipProps) {
  const { type, name, startTime, durationMs } = head;
  const { onFilter } = useValueActions();
  const to = Math.ceil((startTime + (durationMs ?? 0) + 1) / minuteMs) * minuteMs;
  const { data, isPending, fetchStatus } = useQuery({
    queryKey: ['durations', project, type, name, durationMs, to],
    queryFn: ({ signal }) =>
      ask('exploreDurations', {
        body: {
          project,
          filters: [isText('event_type', type), isText('event_name', name)],
          from: to - dayMs,
          to,
          duration_ms: durationMs ?? 0,
        },
        signal,
      }),
    enabled: durationMs !== null && durationMs > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rank = data && durationMs !== null ? rankDuration(data, durationMs) : null;
  // Nothing is held in its place: of most events it is there before their content.
  if (!rank) return <span hidden aria-busy={isPending && fetchStatus === 'fetching'} />;
  const title = detailText.rankHint(rank.percentile, formatCount(rank.count), name);
  const words = (
    <>
      <RankBars rank={rank} />
      {detailText.rank(rank.percentile)}
      <span className="visually-hidden"> {title}</span>
    </>
  );
  if (!onFilter) return <Chip title={title}>{words}</Chip>;
  return (
    <ChipButton
      title={title}
      onClick={() =>
        onFilter({ path: ['event_name'], value: JSON.stringify(name), isNegated: false })
      }
    >
      {words}
    </ChipButton>
  );
}

const isText = (field: string, value: string): Filter => ({
  field,
  operator: 'is',
  value,
  type: 'string',
});

const barWidth = 2;
const height = 12;

function RankBars({ rank: { bars } }: { readonly rank: DurationRank }) {
  return (
    <svg
      className={styles.bars}
      aria-hidden
      viewBox={`0 0 ${bars.length * barWidth} ${height}`}
      style={{ inlineSize: bars.length * barWidth }}
    >
      {bars.map((bar, index) => {
        // What is rare is still to be seen, and so is the own bar.
        const tall = bar.height === 0 && !bar.isOwn ? 0 : Math.max(2, bar.height * height);
        return (
          <rect
            key={index}
            className={bar.isOwn ? styles.own : undefined}
            x={index * barWidth}
            y={height - tall}
            width={barWidth - 0.5}
            height={tall}
          />
        );
      })}
    </svg>
  );
}
