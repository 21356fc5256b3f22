import { Copy, Download, GitCompare, Trash2, X } from 'lucide-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { formatCount, formatNoun } from '../format/number.ts';
import { Button } from '../kit/button.tsx';
import { writeClipboard } from '../kit/clipboard.ts';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { hrefOf } from '../state/use-place.ts';
import { listText } from '../text/list.ts';
import { countOf } from './noun.ts';
import { exportRows } from './export-rows.ts';
import styles from './selection-bar.module.css';
import type { ListSubject } from './use-list-subject.ts';

interface SelectionBarProps {
  readonly list: ListSubject;
  readonly ids: readonly string[];
  /** Whether the key may delete. */
  readonly canDelete: boolean;
  readonly onDone: () => void;
}

/** What can be done with the rows that are picked. */
export function SelectionBar({ list, ids, canDelete, onDone }: SelectionBarProps) {
  const [isDeleting, setDeleting] = useState(false);
  const exporting = useMutation({
    mutationFn: () => exportRows(list, ids),
    onSuccess: (count) => showToast({ text: listText.exported(formatNoun(count, 'row')) }),
  });
  const copy = async () => {
    await writeClipboard(ids.join('\n'));
    const [one, many] = listText.idNoun;
    showToast({ text: listText.copied(formatNoun(ids.length, one, many)) });
  };
  return (
    <div
      className={styles.bar}
      role="toolbar"
      aria-label={listText.picked(formatCount(ids.length))}
    >
      <strong className={styles.count}>{listText.picked(formatCount(ids.length))}</strong>
      <Button icon={<Download />} isBusy={exporting.isPending} onClick={() => exporting.mutate()}>
        {exporting.isPending ? listText.exporting : listText.export}
      </Button>
      <Button icon={<Copy />} onClick={() => void copy()}>
        {listText.copyIds}
      </Button>
      {list.kind === 'sessions' && <CompareButton list={list} ids={ids} />}
      <Button
        icon={<Trash2 />}
        look="danger"
        disabled={!canDelete}
        data-tip={canDelete ? undefined : listText.readOnly}
        onClick={() => setDeleting(true)}
      >
        {listText.delete}
      </Button>
      <IconButton label={listText.unpick} hotkey="Esc" icon={<X />} onClick={onDone} />
      {exporting.error && (
        <InlineError error={exporting.error} onRetry={() => exporting.mutate()} />
      )}
      {isDeleting && (
        <DeleteDialog list={list} ids={ids} onClose={() => setDeleting(false)} onDeleted={onDone} />
      )}
    </div>
  );
}

/** Address of the comparison of two sessions. */
export const compareHref = (project: string, [a = '', b = '']: readonly string[]): string =>
  hrefOf({ screen: 'compare', project }, new URLSearchParams({ a, b }).toString());

function CompareButton({ list, ids }: Pick<SelectionBarProps, 'list' | 'ids'>) {
  if (ids.length !== 2) {
    return (
      <Button icon={<GitCompare />} disabled data-tip={listText.compareHint}>
        {listText.compare}
      </Button>
    );
  }
  return (
    <a className={styles.link} href={compareHref(list.project.name, ids)}>
      <GitCompare aria-hidden />
      {listText.compare}
    </a>
  );
}

function DeleteDialog({
  list,
  ids,
  onClose,
  onDeleted,
}: Pick<SelectionBarProps, 'list' | 'ids'> & {
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const queries = useQueryClient();
  const { kind, scope, project } = list;
  const deletion = useMutation({
    mutationFn: () => ask('exploreDelete', { body: { project: project.id, scope, ids } }),
    onSuccess: ({ deleted }) => {
      showToast({ text: listText.deleted(countOf(kind, deleted.length)) });
      onClose();
      onDeleted();
      void queries.invalidateQueries();
    },
  });
  return (
    <ConfirmDialog
      title={listText.deleteTitle(countOf(kind, ids.length))}
      confirm={listText.deleteNow(countOf(kind, ids.length))}
      failed={listText.deleteFailed}
      action={deletion}
      onClose={onClose}
    >
      <p>{kind === 'sessions' ? listText.deleteSessions : listText.deleteEvents}</p>
    </ConfirmDialog>
  );
}
