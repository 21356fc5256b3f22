import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Key } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { useSignedIn } from '../api/signed-in.ts';
import { Button } from '../kit/button.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { InlineError } from '../kit/states.tsx';
import { Select } from '../kit/select.tsx';
import { settingsText } from '../text/settings.ts';
import { Field } from '../forms/field.tsx';
import styles from './settings.module.css';
import { keysQuery } from '../forms/settings-queries.ts';

interface NewKey {
  readonly name: string;
  readonly access: Key['access'];
  readonly isBound: boolean;
  /** Until it expires; 0: never. */
  readonly days: number;
  readonly form: (typeof forms)[number];
}

const accesses = ['full', 'read', 'ingest'] as const;
const forms = ['plain', 'typed'] as const;
const dayMs = 86_400_000;
const expiryDays = [0, 7, 30, 90, 365] as const;

/** Makes a key and shows it once. */
export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const project = useProject();
  const [input, setInput] = useState<NewKey>({
    name: '',
    access: 'full',
    isBound: true,
    days: 0,
    form: 'plain',
  });
  const making = useMutation({
    mutationFn: () =>
      ask('createKey', {
        body: {
          name: input.name.trim(),
          access: input.access,
          form: input.form,
          project: input.isBound ? project.id : null,
          expires_at: input.days === 0 ? null : Date.now() + input.days * dayMs,
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const made = making.data;
  return (
    <Dialog
      title={settingsText.makeKey}
      onClose={onClose}
      actions={
        made ? (
          <Button look="primary" onClick={onClose}>
            {settingsText.done}
          </Button>
        ) : (
          <Button
            look="primary"
            isBusy={making.isPending}
            disabled={input.name.trim() === ''}
            onClick={() => making.mutate()}
          >
            {settingsText.makeKey}
          </Button>
        )
      }
    >
      {made ? <Made apiKey={made.api_key} /> : <Fields input={input} onChange={setInput} />}
      {making.error && <InlineError title={settingsText.keyFailed} error={making.error} />}
    </Dialog>
  );
}

function Made({ apiKey }: { readonly apiKey: string }) {
  return (
    <>
      <p role="status">{settingsText.keyShown}</p>
      <div className={styles.idRow}>
        <output className={styles.id}>{apiKey}</output>
        <CopyButton text={apiKey} label={settingsText.copyKey} />
      </div>
    </>
  );
}

interface FieldsProps {
  readonly input: NewKey;
  readonly onChange: (input: NewKey) => void;
}

function Fields({ input, onChange }: FieldsProps) {
  const project = useProject();
  const { data: signedIn } = useSignedIn();
  const mayReachAll = signedIn?.key.scope === 'organisation';
  return (
    <>
      <Field label={settingsText.keyName}>
        {(props) => (
          <input
            {...props}
            className={styles.text}
            value={input.name}
            maxLength={200}
            onChange={(event) => onChange({ ...input, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={settingsText.keyAccess}>
        {(props) => (
          <Select
            {...props}
            className={styles.text}
            value={input.access}
            onChange={(event) => {
              const access = accesses.find((known) => known === event.target.value) ?? 'full';
              onChange({ ...input, access });
            }}
          >
            {accesses.map((access) => (
              <option key={access} value={access}>
                {settingsText.access[access]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={settingsText.keyExpiry}>
        {(props) => (
          <Select
            {...props}
            className={styles.text}
            value={String(input.days)}
            onChange={(event) => onChange({ ...input, days: Number(event.target.value) })}
          >
            {expiryDays.map((days) => (
              <option key={days} value={days}>
                {settingsText.expiresIn(days)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FormField input={input} onChange={onChange} />
      {mayReachAll && (
        <Field label={settingsText.keyProject}>
          {(props) => (
            <Select
              {...props}
              className={styles.text}
              value={input.isBound ? 'project' : 'all'}
              onChange={(event) =>
                onChange({ ...input, isBound: event.target.value === 'project' })
              }
            >
              <option value="project">{project.name}</option>
              <option value="all">{settingsText.wholeOrganisation}</option>
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

function FormField({ input, onChange }: FieldsProps) {
  return (
    <Field label={settingsText.keyForm}>
      {(props) => (
        <Select
          {...props}
          className={styles.text}
          value={input.form}
          onChange={(event) => {
            const form = forms.find((known) => known === event.target.value) ?? 'plain';
            onChange({ ...input, form });
          }}
        >
          {forms.map((form) => (
            <option key={form} value={form}>
              {settingsText.keyForms[form]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
