import { useQuery } from '@tanstack/react-query';
import type { Prices } from 'honeyhive-wire';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { formatCount } from '../format/number.ts';
import { formatRelative } from '../format/time.ts';
import { formatTokens } from '../format/tokens.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState } from '../kit/states.tsx';
import { settingsText } from '../text/settings.ts';
import { Field } from '../forms/field.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import { useSaveSettings } from '../forms/settings-queries.ts';
import { formatPrices, parsePrices } from './price-lines.ts';
import styles from './settings.module.css';

/** What models cost: the price table, the prices of the project, and models without a price. */
export function PricesPage() {
  const { id } = useProject();
  const { data, error, refetch } = useQuery({
    queryKey: ['prices', id],
    queryFn: ({ signal }) => ask('explorePrices', { body: { project: id }, signal }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} />;
  const { table, overrides, unknown } = data;
  return (
    <>
      <p>
        {table ? settingsText.priceTable(table.date, table.version) : settingsText.noPriceTable}
      </p>
      <PricesForm projectId={id} stored={formatPrices(overrides)} onSaved={() => void refetch()} />
      <h3>{settingsText.unpriced}</h3>
      <p className={styles.hint}>
        {unknown.events === 0
          ? settingsText.allPriced
          : settingsText.unpricedEvents(formatCount(unknown.events))}
      </p>
      {unknown.models.length > 0 && <UnpricedTable models={unknown.models} />}
    </>
  );
}

interface PricesFormProps {
  readonly projectId: string;
  /** Lines, as stored. */
  readonly stored: string;
  readonly onSaved: () => void;
}

function PricesForm({ projectId, stored, onSaved }: PricesFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? stored;
  const prices = parsePrices(text);
  const saving = useSaveSettings(projectId);
  const onSuccess = () => {
    setTyped(null);
    onSaved();
  };
  return (
    <>
      <Field
        label={settingsText.prices}
        hint={settingsText.pricesHint}
        problem={prices === null ? settingsText.pricesWrong : null}
      >
        {(props) => (
          <textarea
            {...props}
            className={styles.text}
            rows={5}
            spellCheck={false}
            value={text}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <SaveBar
        isDirty={text !== stored}
        isValid={prices !== null}
        isSaving={saving.isPending}
        error={saving.error}
        onSave={() => prices && saving.mutate({ prices }, { onSuccess })}
        onDiscard={() => setTyped(null)}
      />
    </>
  );
}

function UnpricedTable({ models }: { readonly models: Prices['unknown']['models'] }) {
  const [now] = useState(() => Date.now());
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <caption className="visually-hidden">{settingsText.unpriced}</caption>
        <thead>
          <tr>
            <th scope="col">{settingsText.model}</th>
            <th scope="col">{settingsText.events}</th>
            <th scope="col">{settingsText.tokens}</th>
            <th scope="col">{settingsText.lastUsed}</th>
          </tr>
        </thead>
        <tbody>
          {models.map(({ model, events, total_tokens: tokens, last_time: last }) => (
            <tr key={model}>
              <th scope="row">{model || settingsText.unnamedModel}</th>
              <td>{formatCount(events)}</td>
              <td>{formatTokens(tokens)}</td>
              <td>{formatRelative(last, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
