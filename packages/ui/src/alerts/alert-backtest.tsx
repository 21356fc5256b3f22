import { useQuery } from '@tanstack/react-query';
import type { Backtest } from 'honeyhive-wire';
import { useMemo, useState } from 'react';
import { useProject } from '../api/project.tsx';
import { formatCount } from '../format/number.ts';
import { formatLocal } from '../format/time.ts';
import { Select } from '../kit/select.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { useDebounced } from '../query/use-debounced.ts';
import { useTimeZone } from '../state/time-zone.ts';
import { alertsText } from '../text/alerts.ts';
import { backtestQuery } from '../alerting/alert-queries.ts';
import {
  describeCondition,
  formatAlertValue,
  unitOfAlert,
  windowMs,
} from '../alerting/alert-words.ts';
import type { AlertBody } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { EventsLink } from './events-link.tsx';
import { ThresholdPlot } from './threshold-plot.tsx';

const hourMs = 3_600_000;
const periods = { '24h': 24 * hourMs, '7d': 168 * hourMs, '30d': 720 * hourMs } as const;
type Period = keyof typeof periods;
const periodNames = ['24h', '7d', '30d'] as const;

/** Answers as fast as somebody types or drags; each moment in between is not asked for. */
const settleMs = 250;
const mostFirings = 50;

type Tested = Backtest['data'];
type Firing = Tested['groups'][number]['firings'][number] & { readonly group: string | null };

export interface AlertBacktestProps {
  /** null while the form has problems. */
  readonly alert: AlertBody | null;
  readonly onThreshold?: (value: number) => void;
}

/** What an alert would have done on past events: its values, its threshold, and when it would have fired. */
export function AlertBacktest({ alert, onThreshold }: AlertBacktestProps) {
  const project = useProject();
  const [period, setPeriod] = useState<Period>('24h');
  const [to] = useState(() => Math.floor(Date.now() / 60_000) * 60_000);
  const asked = useDebounced(alert === null ? null : JSON.stringify(withoutName(alert)), settleMs);
  const body = useMemo(
    () => ({
      ...(JSON.parse(asked ?? '{}') as Omit<AlertBody, 'name'>),
      from: to - periods[period],
      to,
    }),
    [asked, period, to],
  );
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...backtestQuery(project.id, body),
    enabled: asked !== null,
  });
  return (
    <section
      className={styles.preview}
      aria-label={alertsText.preview}
      aria-busy={isPlaceholderData}
    >
      <header className={styles.previewHead}>
        <h2>{alertsText.preview}</h2>
        <Select
          aria-label={alertsText.period}
          value={period}
          onChange={(event) =>
            setPeriod(periodNames.find((name) => name === event.target.value) ?? '24h')
          }
        >
          {periodNames.map((name) => (
            <option key={name} value={name}>
              {alertsText.periods[name]}
            </option>
          ))}
        </Select>
      </header>
      {alert === null && <p className={styles.hint}>{alertsText.incomplete}</p>}
      {alert && (
        <Answer
          alert={alert}
          tested={data?.data ?? null}
          error={error}
          onRetry={() => void refetch()}
          {...(onThreshold && { onThreshold })}
        />
      )}
    </section>
  );
}

interface AnswerProps extends Omit<OutcomeProps, 'tested'> {
  /** null before the first answer. */
  readonly tested: Tested | null;
  readonly error: Error | null;
  readonly onRetry: () => void;
}

function Answer({ tested, error, onRetry, ...outcome }: AnswerProps) {
  return (
    <>
      {error && <InlineError title={alertsText.previewFailed} error={error} onRetry={onRetry} />}
      {!tested && !error && <Skeleton rows={5} />}
      {tested && <Outcome {...outcome} tested={tested} />}
    </>
  );
}

const withoutName = ({ name: _name, ...rest }: AlertBody): Omit<AlertBody, 'name'> => rest;

interface OutcomeProps {
  readonly alert: AlertBody;
  readonly tested: Tested;
  readonly onThreshold?: (value: number) => void;
}

function Outcome({ alert, tested, onThreshold }: OutcomeProps) {
  const [zone] = useTimeZone();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const { groups } = tested;
  const group = groups.find((one) => nameOf(one) === chosen) ?? mostFired(groups);
  return (
    <>
      {alert.group_by && groups.length > 1 && (
        <Select
          aria-label={alertsText.previewGroup}
          value={group && nameOf(group)}
          onChange={(event) => setChosen(event.target.value)}
        >
          {groups.map((one) => (
            <option key={nameOf(one)} value={nameOf(one)}>
              {one.group ?? alertsText.noValue}
            </option>
          ))}
        </Select>
      )}
      {group && (
        <ThresholdPlot
          label={describeCondition(alert)}
          points={group.points}
          alarms={group.firings}
          from={tested.from}
          to={tested.to}
          unit={unitOfAlert(alert)}
          zone={zone}
          threshold={alert.thresholds?.critical.value ?? null}
          {...(onThreshold && { onThreshold })}
        />
      )}
      <p role="status">{describeFired(alert, tested)}</p>
      <Firings alert={alert} tested={tested} />
    </>
  );
}

const nameOf = ({ group }: Tested['groups'][number]): string => group ?? '';

function describeFired(alert: AlertBody, { fired, groups_total: count }: Tested): string {
  const isOfGroups = Boolean(alert.group_by) && fired > 0;
  return alertsText.wouldFire(fired, isOfGroups ? alertsText.inGroups(countGroups(count)) : '');
}

/** Not the one without a value, if that is first by chance. */
const mostFired = (groups: Tested['groups']): Tested['groups'][number] | undefined =>
  groups.toSorted((a, b) => b.fired - a.fired)[0];

const countGroups = (count: number): string =>
  count === 1 ? '1 group' : `${formatCount(count)} groups`;

/** Of all groups, newest first. */
function toFirings({ groups, events }: Tested): Firing[] {
  const ofGroups = groups.flatMap(({ group, firings }) =>
    firings.map((firing) => ({ ...firing, group })),
  );
  const single = events.map(({ group, at, value }) => ({
    group,
    status: 'critical' as const,
    from: at,
    to: at,
    value,
  }));
  return [...ofGroups, ...single].toSorted((a, b) => b.from - a.from).slice(0, mostFirings);
}

function Firings({ alert, tested }: Omit<OutcomeProps, 'onThreshold'>) {
  const [zone] = useTimeZone();
  const firings = toFirings(tested);
  const unit = unitOfAlert(alert);
  const before = ['PER_EVENT', 'LOOP'].includes(alert.alert_type ?? '')
    ? 0
    : windowMs(alert.window ?? '1h');
  if (firings.length === 0) return null;
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{alertsText.preview}</caption>
        <thead>
          <tr>
            <th scope="col">{alertsText.begin}</th>
            <th scope="col">{alertsText.end}</th>
            {alert.group_by && <th scope="col">{alertsText.group}</th>}
            <th scope="col">{alertsText.value}</th>
            <th scope="col">{alertsText.showEvents}</th>
          </tr>
        </thead>
        <tbody>
          {firings.map((firing) => (
            <tr key={`${firing.from} ${firing.group}`}>
              <th scope="row">{formatLocal(firing.from, zone, 'minutes')}</th>
              <td>
                {firing.to === null ? alertsText.lasts : formatLocal(firing.to, zone, 'minutes')}
              </td>
              {alert.group_by && <td>{firing.group ?? alertsText.noValue}</td>}
              <td>{formatAlertValue(unit, firing.value)}</td>
              <td>
                <EventsLink
                  alert={alert}
                  group={firing.group}
                  from={firing.from - before}
                  to={firing.from}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
