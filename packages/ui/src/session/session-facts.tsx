import type { Skeleton } from 'honeyhive-wire';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { formatDuration } from '../format/duration.ts';
import { formatCompact, formatCount } from '../format/number.ts';
import { formatInstant } from '../format/time.ts';
import { Chip } from '../kit/chip.tsx';
import { Cost } from '../kit/cost.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { sessionText } from '../text/session.ts';
import { countErrors, countEvents } from './counted.ts';
import styles from './session-screen.module.css';

export interface SessionFactsProps {
  readonly skeleton: Skeleton;
  readonly isLive: boolean;
}

/** What a session adds up to, in one line. */
export function SessionFacts({ skeleton, isLive }: SessionFactsProps) {
  const [zone] = useTimeZone();
  const { session } = skeleton;
  const { error_count: errors, total_tokens: tokens, cost_usd: cost } = session;
  return (
    <div className={styles.facts}>
      {errors > 0 ? (
        <Chip tone="error" icon={<CircleAlert aria-hidden />}>
          {countErrors(errors)}
        </Chip>
      ) : (
        <Chip tone="ok" icon={<CircleCheck aria-hidden />}>
          {sessionText.fine}
        </Chip>
      )}
      {session.partial && (
        <Chip icon={<CircleDashed aria-hidden />} title={sessionText.partialHint}>
          {sessionText.partial}
        </Chip>
      )}
      {isLive && (
        <span className={styles.live} title={sessionText.liveHint}>
          {sessionText.live}
        </span>
      )}
      <time dateTime={new Date(session.start_time).toISOString()}>
        {formatInstant(session.start_time, zone)}
      </time>
      {session.duration_ms !== null && <span>{formatDuration(session.duration_ms)}</span>}
      <span>{countEvents(skeleton.event_total)}</span>
      {tokens !== null && tokens > 0 && (
        <span title={formatCount(tokens)}>{sessionText.tokens(formatCompact(tokens))}</span>
      )}
      <Cost usd={cost} unknownCount={session.unknown_cost_count} />
      {session.user !== null && <span>{session.user}</span>}
    </div>
  );
}
