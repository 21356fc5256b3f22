import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DestinationIn } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { Field } from '../forms/field.tsx';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Select } from '../kit/select.tsx';
import { InlineError } from '../kit/states.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { alertsText } from '../text/alerts.ts';
import { destinationsQuery } from '../alerting/alert-queries.ts';
import styles from './alerts.module.css';

const kinds = ['webhook', 'slack', 'email'] as const;

/** What is typed. */
interface Draft {
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly url: string;
  /** A line each. */
  readonly addresses: string;
}

function toDestination({ name, kind, url, addresses }: Draft): DestinationIn {
  const named = { name: name.trim() };
  if (kind !== 'email') return { ...named, kind, url: url.trim() };
  const lines = addresses.split('\n').map((line) => line.trim());
  return { ...named, kind, addresses: lines.filter((line) => line !== '') };
}

const isComplete = ({ name, kind, url, addresses }: Draft): boolean =>
  name.trim() !== '' && (kind === 'email' ? addresses : url).trim() !== '';

/** Makes a destination; of a webhook it shows the signing secret once. */
export function NewDestinationDialog({ onClose }: { readonly onClose: () => void }) {
  const project = useProject();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({ name: '', kind: 'webhook', url: '', addresses: '' });
  const making = useMutation({
    mutationFn: () =>
      ask('createAlertDestination', {
        params: { project_id: project.id },
        body: toDestination(draft),
      }),
    onSuccess: async ({ signing_secret: secret }) => {
      await queries.invalidateQueries({ queryKey: destinationsQuery(project.id).queryKey });
      if (secret === null) onClose();
    },
  });
  const secret = making.data?.signing_secret ?? null;
  return (
    <Dialog
      title={alertsText.makeDestination}
      onClose={onClose}
      actions={
        secret !== null ? (
          <Button look="primary" onClick={onClose}>
            {alertsText.done}
          </Button>
        ) : (
          <Button
            look="primary"
            isBusy={making.isPending}
            disabled={!isComplete(draft)}
            onClick={() => making.mutate()}
          >
            {alertsText.makeDestination}
          </Button>
        )
      }
    >
      {secret === null ? (
        <DestinationFields draft={draft} onChange={setDraft} />
      ) : (
        <>
          <p role="status">{alertsText.secretShown}</p>
          <div className={styles.secret}>
            <output>{secret}</output>
            <CopyButton text={secret} label={alertsText.copySecret} />
          </div>
        </>
      )}
      {making.error && <InlineError title={alertsText.destinationNotSaved} error={making.error} />}
    </Dialog>
  );
}

interface DestinationFieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

function DestinationFields({ draft, onChange }: DestinationFieldsProps) {
  return (
    <>
      <Field label={alertsText.name}>
        {(props) => (
          <TextInput
            {...props}
            className={styles.input}
            maxLength={200}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={alertsText.kind}>
        {(props) => (
          <Select
            {...props}
            className={styles.input}
            value={draft.kind}
            onChange={(event) =>
              onChange({
                ...draft,
                kind: kinds.find((kind) => kind === event.target.value) ?? 'webhook',
              })
            }
          >
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {alertsText.kinds[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.kind === 'email' ? (
        <Field label={alertsText.addresses}>
          {(props) => (
            <textarea
              {...props}
              className={styles.area}
              rows={3}
              spellCheck={false}
              value={draft.addresses}
              onChange={(event) => onChange({ ...draft, addresses: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field label={alertsText.url}>
          {(props) => (
            <TextInput
              {...props}
              isCode
              className={styles.input}
              inputMode="url"
              value={draft.url}
              onChange={(event) => onChange({ ...draft, url: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
