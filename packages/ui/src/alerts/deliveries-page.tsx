import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListedDelivery } from 'honeyhive-wire';
import { CircleCheck, CircleX, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { formatLocal } from '../format/time.ts';
import { Button } from '../kit/button.tsx';
import { Chip } from '../kit/chip.tsx';
import type { ChipTone } from '../kit/chip.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { useTimeZone } from '../state/time-zone.ts';
import { alertsText } from '../text/alerts.ts';
import { deliveriesQuery } from '../alerting/alert-queries.ts';
import type { DeliveriesOf } from '../alerting/alert-queries.ts';
import styles from './alerts.module.css';
import { describeAttempt } from './attempt-words.ts';

const looks: Readonly<
  Record<ListedDelivery['status'], { readonly icon: ReactNode; readonly tone?: ChipTone }>
> = {
  delivered: { icon: <CircleCheck aria-hidden />, tone: 'ok' },
  pending: { icon: <Clock aria-hidden /> },
  dead: { icon: <CircleX aria-hidden />, tone: 'error' },
};

const everything: DeliveriesOf = {};

/** All that was sent of the alerts of a project. */
export const DeliveriesPage = () => <Deliveries of={everything} />;

/** What was sent, with what was answered, newest first. */
export function Deliveries({ of }: { readonly of: DeliveriesOf }) {
  const project = useProject();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveriesQuery(project.id, of),
  );
  const deliveries = data?.pages.flatMap((page) => page.deliveries) ?? [];
  return (
    <>
      {error && (
        <InlineError
          title={alertsText.deliveriesFailed}
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton rows={3} />}
      {data && deliveries.length === 0 && <p className={styles.hint}>{alertsText.noDeliveries}</p>}
      {deliveries.length > 0 && <DeliveryTable deliveries={deliveries} />}
      {hasNextPage && (
        <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {alertsText.olderDeliveries}
        </Button>
      )}
    </>
  );
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly ListedDelivery[] }) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{alertsText.deliveries}</caption>
        <thead>
          <tr>
            <th scope="col">{alertsText.at}</th>
            <th scope="col">{alertsText.sent}</th>
            <th scope="col">{alertsText.destination}</th>
            <th scope="col">{alertsText.state}</th>
            <th scope="col">{alertsText.answer}</th>
            <th scope="col">{alertsText.actions}</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: ListedDelivery }) {
  const [zone] = useTimeZone();
  const { status, last_attempt: attempt, next_attempt_at: next } = delivery;
  return (
    <tr>
      <th scope="row">{formatLocal(delivery.created_at, zone)}</th>
      <td>{alertsText.deliveryTypes[delivery.type] ?? delivery.type}</td>
      <td>{delivery.destination_name ?? alertsText.deletedDestination}</td>
      <td>
        <Chip {...looks[status]}>{alertsText.statuses[status]}</Chip>
        <span className={styles.condition}>
          {[
            alertsText.tries(delivery.attempt_count),
            ...(next === null ? [] : [alertsText.nextTry(formatLocal(next, zone))]),
          ].join(', ')}
        </span>
      </td>
      <td>{attempt === null ? alertsText.noAnswer : describeAttempt(attempt)}</td>
      <td>
        <Resend delivery={delivery} />
      </td>
    </tr>
  );
}

function Resend({
  delivery: { id, destination_name: destination },
}: {
  readonly delivery: ListedDelivery;
}) {
  const project = useProject();
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: () =>
      ask('resendAlertDelivery', { params: { project_id: project.id, delivery_id: id } }),
    onSuccess: async () => {
      showToast({ text: alertsText.resent });
      await queries.invalidateQueries({ queryKey: ['alert deliveries', project.id] });
    },
  });
  return (
    <>
      <Button
        isBusy={sending.isPending}
        disabled={destination === null}
        onClick={() => sending.mutate()}
      >
        {alertsText.resend}
      </Button>
      {sending.error && <InlineError title={alertsText.resendFailed} error={sending.error} />}
    </>
  );
}
