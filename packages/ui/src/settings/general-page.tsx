import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Project } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { signedInKey } from '../api/query-client.ts';
import { useSignedIn } from '../api/signed-in.ts';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { Select } from '../kit/select.tsx';
import { systemTimeZone, useTimeZone } from '../state/time-zone.ts';
import { goTo } from '../state/use-place.ts';
import { settingsText } from '../text/settings.ts';
import { ConfirmByName } from './confirm-by-name.tsx';
import { Field } from '../forms/field.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import styles from './settings.module.css';

/** What the project is called; this browser's time zone; the end of the project. */
export function GeneralPage() {
  const { id } = useProject();
  const { data: signedIn } = useSignedIn();
  const { data, error, refetch } = useQuery({
    queryKey: ['project', id],
    queryFn: ({ signal }) => ask('getProject', { params: { project_id: id }, signal }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} />;
  return (
    <>
      <NameForm
        key={data.updated_at}
        project={data}
        canRename={signedIn?.key.scope === 'organisation'}
      />
      <Field label={settingsText.projectId}>
        {({ id: fieldId }) => (
          <div className={styles.idRow}>
            <output id={fieldId} className={styles.id}>
              {data.id}
            </output>
            <CopyButton text={data.id} />
          </div>
        )}
      </Field>
      <ZoneField />
      {signedIn?.key.access === 'full' && <Removal project={data} />}
    </>
  );
}

interface NameFormProps {
  readonly project: Project;
  /** A name is what others send to: only keys of the organisation change it. */
  readonly canRename: boolean;
}

function NameForm({ project, canRename }: NameFormProps) {
  const queries = useQueryClient();
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const saving = useMutation({
    mutationFn: () =>
      ask('updateProjectById', {
        params: { project_id: project.id },
        body: { ...(canRename ? { name } : {}), description },
      }),
    onSuccess: async () => {
      showToast({ text: settingsText.saved });
      // The address names the project by its name.
      goTo({ screen: 'settings', project: project.id, rest: ['general'] }, { replace: true });
      await queries.invalidateQueries({ queryKey: signedInKey });
      await queries.invalidateQueries({ queryKey: ['project', project.id] });
    },
  });
  return (
    <>
      <Field
        label={settingsText.name}
        {...(canRename ? {} : { hint: settingsText.renamedByOrganisation })}
      >
        {(props) => (
          <input
            {...props}
            readOnly={!canRename}
            className={styles.text}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={settingsText.description}>
        {(props) => (
          <textarea
            {...props}
            className={styles.text}
            rows={3}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <SaveBar
        isDirty={name !== project.name || description !== project.description}
        isValid={name.trim() !== ''}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={() => saving.mutate()}
        onDiscard={() => {
          setName(project.name);
          setDescription(project.description);
        }}
      />
    </>
  );
}

function ZoneField() {
  const [zone, setZone] = useTimeZone();
  const zones = [...new Set([zone, systemTimeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <Field label={settingsText.timeZone} hint={settingsText.timeZoneHint}>
      {(props) => (
        <Select
          {...props}
          className={styles.text}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        >
          {zones.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Removal({ project }: { readonly project: Project }) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const removal = useMutation({
    mutationFn: () => ask('deleteProjectById', { params: { project_id: project.id } }),
    onSuccess: async () => {
      showToast({ text: settingsText.removed(project.name) });
      goTo({ screen: 'home' }, { replace: true });
      await queries.invalidateQueries({ queryKey: signedInKey });
    },
  });
  return (
    <div className={styles.removal}>
      <div>
        <h3>{settingsText.remove}</h3>
        <p className={styles.hint}>{settingsText.removeHint}</p>
      </div>
      <Button look="danger" onClick={() => setAsking(true)}>
        {settingsText.remove}
      </Button>
      {isAsking && (
        <ConfirmByName
          title={settingsText.remove}
          ask={settingsText.removeAsk(project.name)}
          name={project.name}
          isBusy={removal.isPending}
          error={removal.error}
          onConfirm={() => removal.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
