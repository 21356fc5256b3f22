import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { Button } from '../kit/button.tsx';
import { InlineError } from '../kit/states.tsx';
import { TextInput } from '../kit/text-input.tsx';
import { skeletonQuery } from '../trace/session-queries.ts';
import { setQuery } from '../state/use-query-state.ts';
import { compareText } from '../text/compare.ts';
import styles from './compare.module.css';

export interface SessionPickerProps {
  readonly side: 'a' | 'b';
  readonly chosen: string | null;
  readonly other: string | null;
}

/** Takes the id of a session, or finds the one before the other side's of the same name. */
export function SessionPicker({ side, chosen, other }: SessionPickerProps) {
  const id = useId();
  const project = useProject();
  const [typed, setTyped] = useState(chosen ?? '');
  const choose = (session: string) => setQuery({ [side]: session });
  const base = useQuery({
    ...skeletonQuery({ project: project.id, id: other ?? '' }),
    enabled: other !== null,
  });
  const search = useMutation({
    mutationFn: async () => {
      const found = base.data ? await findPrevious(project.id, base.data.session) : null;
      if (found === null) throw new Error(compareText.noPrevious);
      return found;
    },
    onSuccess: choose,
  });
  return (
    <form
      className={styles.picker}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') choose(typed.trim());
      }}
    >
      <label htmlFor={id}>{compareText.session(side.toUpperCase())}</label>
      <TextInput
        isCode
        className={styles.id}
        id={id}
        value={typed}
        placeholder={compareText.pasteId}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" disabled={typed.trim() === ''}>
        {compareText.title}
      </Button>
      {base.data && (
        <Button isBusy={search.isPending} onClick={() => search.mutate()}>
          {compareText.previous}
        </Button>
      )}
      {search.error && <InlineError title="" error={search.error} />}
    </form>
  );
}

/** Id of the latest session of the name that began before; null without one. */
async function findPrevious(
  project: string,
  session: { readonly event_name: string; readonly start_time: number },
): Promise<string | null> {
  const page = await ask('exploreRows', {
    body: {
      project,
      scope: 'sessions',
      filters: [{ field: 'event_name', operator: 'is', value: session.event_name, type: 'string' }],
      to: session.start_time,
      limit: 1,
    },
  });
  return page.rows[0]?.session_id ?? null;
}
