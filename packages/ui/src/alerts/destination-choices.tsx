import { useQuery } from '@tanstack/react-query';
import { useProject } from '../api/project.tsx';
import { PlaceLink } from '../kit/place-link.tsx';
import { InlineError } from '../kit/states.tsx';
import { alertsText } from '../text/alerts.ts';
import { destinationsQuery } from '../alerting/alert-queries.ts';
import styles from './alerts.module.css';

export interface DestinationChoicesProps {
  /** Ids. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Where an alert is sent to. */
export function DestinationChoices({ chosen, onChange }: DestinationChoicesProps) {
  const project = useProject();
  const { data, error, refetch } = useQuery(destinationsQuery(project.id));
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset className={styles.group}>
      <legend>{alertsText.destinations}</legend>
      {error && (
        <InlineError
          title={alertsText.destinationsFailed}
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {data?.destinations.length === 0 && (
        <p className={styles.hint}>{alertsText.noDestinations}</p>
      )}
      {data?.destinations.map(({ id, name, kind }) => (
        <label key={id} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          {name}
          <span className={styles.condition}>{alertsText.kinds[kind]}</span>
        </label>
      ))}
      <PlaceLink
        className={styles.link}
        to={{ screen: 'alerts', project: project.name, rest: ['destinations'] }}
      >
        {alertsText.makeDestination}
      </PlaceLink>
    </fieldset>
  );
}
