import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Destination } from 'honeyhive-wire';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { Button } from '../kit/button.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { EmptyState, ErrorState, InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { alertsText } from '../text/alerts.ts';
import { destinationsQuery } from '../alerting/alert-queries.ts';
import styles from './alerts.module.css';
import { describeAttempt } from './attempt-words.ts';
import { NewDestinationDialog } from './new-destination-dialog.tsx';

/** Where notifications are sent to. */
export function DestinationsPage() {
  const project = useProject();
  const [isMaking, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(destinationsQuery(project.id));
  const make = (
    <Button icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
      {alertsText.makeDestination}
    </Button>
  );
  return (
    <>
      {error && !data && (
        <ErrorState
          title={alertsText.destinationsFailed}
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton rows={3} />}
      {data?.destinations.length === 0 && (
        <EmptyState title={alertsText.noDestinationsYet} actions={make}>
          {alertsText.noDestinationsHint}
        </EmptyState>
      )}
      {data && data.destinations.length > 0 && (
        <>
          <DestinationTable destinations={data.destinations} />
          <div>{make}</div>
        </>
      )}
      {isMaking && <NewDestinationDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function DestinationTable({ destinations }: { readonly destinations: readonly Destination[] }) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{alertsText.destinations}</caption>
        <thead>
          <tr>
            <th scope="col">{alertsText.name}</th>
            <th scope="col">{alertsText.kind}</th>
            <th scope="col">{alertsText.target}</th>
            <th scope="col">{alertsText.actions}</th>
          </tr>
        </thead>
        <tbody>
          {destinations.map((destination) => (
            <DestinationRow key={destination.id} destination={destination} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DestinationRow({ destination }: { readonly destination: Destination }) {
  const [isRemoving, setRemoving] = useState(false);
  const { name, kind, url, addresses, made_by: maker } = destination;
  return (
    <tr>
      <th scope="row">
        {name}
        {maker === 'alert' && <span className={styles.condition}>{alertsText.ofAlert}</span>}
      </th>
      <td>{alertsText.kinds[kind]}</td>
      <td>
        {url ?? addresses.join(', ')}
        {!destination.is_readable && <p className={styles.problem}>{alertsText.unreadable}</p>}
      </td>
      <td>
        <div className={styles.chips}>
          <TestButton destination={destination} />
          <Button onClick={() => setRemoving(true)}>{alertsText.remove}</Button>
        </div>
        {isRemoving && (
          <RemoveDialog destination={destination} onClose={() => setRemoving(false)} />
        )}
      </td>
    </tr>
  );
}

/** Sends a test and says what was answered. */
function TestButton({ destination: { id, name } }: { readonly destination: Destination }) {
  const project = useProject();
  const testing = useMutation({
    mutationFn: () =>
      ask('testAlertDestination', { params: { project_id: project.id, destination_id: id } }),
  });
  const attempt = testing.data?.delivery.attempts.at(-1);
  return (
    <>
      <Button
        aria-label={`${alertsText.test}: ${name}`}
        isBusy={testing.isPending}
        onClick={() => testing.mutate()}
      >
        {alertsText.test}
      </Button>
      <span role="status" className={styles.answer}>
        {attempt && describeAttempt(attempt)}
      </span>
      {testing.error && <InlineError title={alertsText.testFailed} error={testing.error} />}
    </>
  );
}

interface RemoveDialogProps {
  readonly destination: Destination;
  readonly onClose: () => void;
}

function RemoveDialog({ destination: { id, name }, onClose }: RemoveDialogProps) {
  const project = useProject();
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () =>
      ask('deleteAlertDestination', { params: { project_id: project.id, destination_id: id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: destinationsQuery(project.id).queryKey });
      showToast({ text: alertsText.destinationRemoved });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={alertsText.remove}
      failed={alertsText.destinationNotRemoved}
      action={removing}
      onClose={onClose}
    >
      <p>{alertsText.removeDestination(name)}</p>
    </ConfirmDialog>
  );
}
