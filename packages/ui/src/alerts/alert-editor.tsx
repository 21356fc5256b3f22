import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Alert } from 'honeyhive-wire';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../api/client.ts';
import { useProject } from '../api/project.tsx';
import { Button } from '../kit/button.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ErrorState, InlineError } from '../kit/states.tsx';
import { showToast } from '../kit/toasts.tsx';
import { useListState } from '../list/use-list-state.ts';
import { QueryBar } from '../query/query-bar.tsx';
import { goTo } from '../state/use-place.ts';
import { setQuery } from '../state/use-query-state.ts';
import { alertsText } from '../text/alerts.ts';
import { AlertBacktest } from './alert-backtest.tsx';
import { findProblems, keptOf, readDraft, toAlert, toDraft, unitOfDraft } from './alert-draft.ts';
import type { AlertDraft } from './alert-draft.ts';
import { levels } from './channel-draft.ts';
import type { CompileShare } from './measure-draft.ts';
import { toThresholdText } from './measure-draft.ts';
import { compileQuery } from '../query/compile-query.ts';
import { AlertFields } from './alert-fields.tsx';
import { alertQuery } from '../alerting/alert-queries.ts';
import type { AlertBody } from '../alerting/alert-words.ts';
import styles from './alerts.module.css';
import { printFilters } from '../alerting/filter-text.ts';
import type { AlertFilters } from '../alerting/filter-text.ts';

/** A new alert, begun with what the address says. */
export function NewAlert() {
  const [draft] = useState(() => readDraft(window.location.search));
  return <AlertEditor before={null} draft={draft} />;
}

/** An alert that is there. */
export function EditAlert({ id }: { readonly id: string }) {
  const project = useProject();
  const { data, error, refetch } = useQuery({
    ...alertQuery(project.id, id),
    // What is edited does not change below the hands.
    refetchInterval: false,
  });
  if (error)
    return <ErrorState title={alertsText.oneFailed} error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  return <AlertEditor before={data.data} draft={toDraft(data.data)} />;
}

interface AlertEditorProps {
  readonly before: Alert | null;
  readonly draft: AlertDraft;
}

/** The form of an alert beside what it would have done. */
function AlertEditor({ before, draft: first }: AlertEditorProps) {
  const [draft, setDraft] = useState(first);
  const scope = useScope(before);
  const saving = useSaveAlert(before);
  const { compile } = scope;
  const problems = findProblems(draft, compile);
  const isValid = Object.keys(problems).length === 0 && scope.filters !== null;
  // What is only about notifying is not needed to see when it would have fired.
  const blocking = Object.keys(problems).filter((name) => !notifying.has(name));
  const isTestable = blocking.length === 0 && scope.filters !== null;
  const alert = useMemo(
    () =>
      isTestable && scope.filters
        ? {
            ...(before && keptOf(before)),
            ...toAlert(draft, { filters: scope.filters, compile, before }),
          }
        : null,
    [before, draft, scope.filters, compile, isTestable],
  );
  const onThreshold = (value: number) =>
    setDraft({ ...draft, critical: toThresholdText(unitOfDraft(draft), value) });
  return (
    <div className={styles.editor}>
      <form
        className={styles.form}
        aria-label={before?.name ?? alertsText.make}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid && alert) saving.mutate(alert);
        }}
      >
        <AlertFields
          draft={draft}
          problems={problems}
          catalogue={scope.list.catalogue}
          scope={<ScopeField scope={scope} />}
          onChange={setDraft}
        />
        {saving.error && <InlineError title={alertsText.notSaved} error={saving.error} />}
        <div className={styles.buttons}>
          <Button onClick={() => leave(scope.list.project.name, before?.id)}>
            {alertsText.discard}
          </Button>
          <Button look="primary" type="submit" isBusy={saving.isPending} disabled={!isValid}>
            {before ? alertsText.save : alertsText.create}
          </Button>
        </div>
      </form>
      <AlertBacktest alert={alert} onThreshold={onThreshold} />
    </div>
  );
}

/** Problems that are only about notifying. */
const notifying: ReadonlySet<string> = new Set(['name', 'renotify', ...levels]);

const leave = (project: string, id: string | undefined): void =>
  goTo({ screen: 'alerts', project, rest: id === undefined ? [] : [id] });

/** Which events are watched: the query of the page. */
function useScope(before: Alert | null) {
  const list = useListState('events');
  const { compiled, problems } = list;
  const kept: AlertFilters | null = before?.filters ?? null;
  const text = kept === null ? '' : printFilters(kept);
  const isFilled = useRef(false);
  useEffect(() => {
    if (isFilled.current || text === null || text === '') return;
    isFilled.current = true;
    setQuery({ q: text }, 'replace');
  }, [text]);
  const hasWords = compiled.texts.length > 0;
  const isAsked = problems.length === 0 && !hasWords;
  // A query that does not say what the filters say would change them.
  const filters: AlertFilters | null = text === null ? kept : isAsked ? compiled.filters : null;
  const { catalogue, zone } = list;
  const compile = useCallback<CompileShare>(
    (query) => {
      const { query: said } = compileQuery(query, { catalogue, timeZone: zone });
      return said === null || said.texts.length > 0 ? null : said.filters;
    },
    [catalogue, zone],
  );
  return { list, filters, compile, hasWords, isKept: text === null };
}

type Scope = ReturnType<typeof useScope>;

function ScopeField({ scope: { list, hasWords, isKept } }: { readonly scope: Scope }) {
  const input = useRef<HTMLInputElement>(null);
  if (isKept) return <p className={styles.hint}>{alertsText.keptFilters}</p>;
  return (
    <>
      <QueryBar
        query={list.query}
        catalogue={list.catalogue}
        about={list.about}
        timeZone={list.zone}
        onApply={list.apply}
        inputRef={input}
      />
      {hasWords && <p className={styles.problem}>{alertsText.queryFailed}</p>}
    </>
  );
}

/** Stores the alert and goes to it. What the form does not have stays as it was. */
function useSaveAlert(before: Alert | null) {
  const queries = useQueryClient();
  const project = useProject();
  return useMutation({
    mutationFn: (body: AlertBody) =>
      before === null
        ? ask('createAlert', { params: { project_id: project.id }, body })
        : ask('updateAlert', { params: { project_id: project.id, alert_id: before.id }, body }),
    onSuccess: async ({ data }) => {
      queries.setQueryData(alertQuery(project.id, data.id).queryKey, { success: true, data });
      await queries.invalidateQueries({ queryKey: ['alerts', project.id] });
      showToast({ text: alertsText.saved });
      leave(project.name, data.id);
    },
  });
}
