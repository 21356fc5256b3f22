import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { findDescendants } from 'honeyhive-facts';
import type { Key } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { formatRelative } from '../format/time.ts';
import { Button } from '../kit/button.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { settingsText } from '../text/settings.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import styles from './settings.module.css';
import { keysQuery } from '../forms/settings-queries.ts';

/** The keys, and how to make and end them. */
export function KeysPage() {
  const { data, error, refetch } = useQuery(keysQuery);
  const [isMaking, setMaking] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} />;
  return (
    <>
      <div>
        <Button look="primary" onClick={() => setMaking(true)}>
          {settingsText.makeKey}
        </Button>
      </div>
      <KeyTable keys={data.keys} onRevoke={setEnding} />
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
      {ending && <RevokeDialog ending={ending} keys={data.keys} onClose={() => setEnding(null)} />}
    </>
  );
}

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onRevoke: (key: Key) => void;
}

function KeyTable({ keys, onRevoke }: KeyTableProps) {
  const [now] = useState(() => Date.now());
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{settingsText.keys}</caption>
        <thead>
          <tr>
            <th scope="col">{settingsText.keyName}</th>
            <th scope="col">{settingsText.keyAccess}</th>
            <th scope="col">{settingsText.keyProject}</th>
            <th scope="col">{settingsText.keyMade}</th>
            <th scope="col">{settingsText.keyMadeBy}</th>
            <th scope="col">{settingsText.keyUsed}</th>
            <th scope="col">{settingsText.keyState}</th>
            <th scope="col">
              <span className="visually-hidden">{settingsText.keyActions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              row={key}
              maker={makerOf(key, keys)}
              now={now}
              onRevoke={() => onRevoke(key)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface KeyRowProps {
  readonly row: Key;
  readonly maker: string;
  readonly now: number;
  readonly onRevoke: () => void;
}

function KeyRow({ row, maker, now, onRevoke }: KeyRowProps) {
  const isRevoked = row.revoked_at !== null;
  const isOver = isRevoked || (row.expires_at !== null && row.expires_at <= now);
  return (
    <tr data-over={isOver || undefined}>
      <th scope="row">
        {row.name}
        <code className={styles.keyId}>{`hh_${row.id}…`}</code>
      </th>
      <td>{settingsText.access[row.access]}</td>
      <td>{row.project ?? settingsText.wholeOrganisation}</td>
      <td data-label={settingsText.keyMade}>{formatRelative(row.created_at, now)}</td>
      <td data-label={settingsText.keyMadeBy}>{maker}</td>
      <td data-label={settingsText.keyUsed}>{formatUse(row, now)}</td>
      <td>{formatState(row, now)}</td>
      <td>
        {!isRevoked && !row.current && (
          <Button look="quiet" aria-label={`${settingsText.revoke} ${row.name}`} onClick={onRevoke}>
            {settingsText.revoke}
          </Button>
        )}
      </td>
    </tr>
  );
}

function formatState({ revoked_at: revokedAt, expires_at: expiresAt, current }: Key, now: number) {
  if (revokedAt !== null) return settingsText.keyRevoked(formatRelative(revokedAt, now));
  const state = current ? settingsText.keyCurrent : settingsText.keyGood;
  if (expiresAt === null) return state;
  const when = formatRelative(expiresAt, now);
  return expiresAt <= now ? settingsText.keyExpired(when) : settingsText.keyExpires(state, when);
}

const keyId = /^(?:[0-9A-Za-z]{12}|(?:ingst|fgdp)_[0-9A-Za-z]{24})$/;

function makerOf({ created_by: maker }: Key, keys: readonly Key[]): string {
  if (maker === null) return settingsText.keyMakerUnknown;
  const name = keys.find(({ id }) => id === maker)?.name;
  // A key that one may not see, or a command; those have names that are no ids.
  return name ?? (keyId.test(maker) ? `hh_${maker}…` : maker);
}

/** How many of the keys that were made with this one, or with one of those, are not revoked. */
function countActiveChildren(keys: readonly Key[], id: string): number {
  const made = keys.map((key) => ({ id: key.id, createdBy: key.created_by }));
  const active = new Set(keys.flatMap((key) => (key.revoked_at === null ? [key.id] : [])));
  return findDescendants(made, id).filter((child) => active.has(child)).length;
}

const formatUse = ({ last_used_at: at }: Key, now: number): string =>
  at === null ? settingsText.keyNeverUsed : formatRelative(at, now);

interface RevokeDialogProps {
  readonly ending: Key;
  readonly keys: readonly Key[];
  readonly onClose: () => void;
}

function RevokeDialog({ ending, keys, onClose }: RevokeDialogProps) {
  const [withChildren, setWithChildren] = useState(false);
  const childCount = countActiveChildren(keys, ending.id);
  const queries = useQueryClient();
  const [now] = useState(() => Date.now());
  const revocation = useMutation({
    mutationFn: () =>
      ask('revokeKey', {
        params: { key_id: ending.id },
        ...(withChildren ? { query: { descendants: 'true' } } : {}),
      }),
    onSuccess: async () => {
      showToast({ text: settingsText.revoked });
      onClose();
      await queries.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
  });
  return (
    <ConfirmDialog
      title={settingsText.revoke}
      failed={settingsText.revokeFailed}
      action={revocation}
      onClose={onClose}
    >
      <p>{settingsText.revokeAsk(ending.name)}</p>
      <p>{`${settingsText.keyUsed}: ${formatUse(ending, now)}`}</p>
      {childCount > 0 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={withChildren}
            onChange={(event) => setWithChildren(event.target.checked)}
          />
          {settingsText.revokeChildren(childCount)}
        </label>
      )}
    </ConfirmDialog>
  );
}
