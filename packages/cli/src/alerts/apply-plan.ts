import type { Alert, Destination } from 'honeyhive-wire';
import { isDeepStrictEqual } from 'node:util';
import type { AlertFile, FileAlert, FileDestination } from './alert-file.ts';
import type { FileIssue } from './file-source.ts';

/** What is done to one thing. */
export interface Step {
  readonly kind: 'destination' | 'alert';
  readonly action: 'create' | 'update' | 'delete' | 'keep';
  readonly name: string;
  /** Fields that change. */
  readonly fields: readonly string[];
  /** Of what is there. */
  readonly id: string | null;
  /** In the file; null for what is deleted. */
  readonly index: number | null;
}

/** What a project has. */
export interface Present {
  readonly destinations: readonly Destination[];
  readonly alerts: readonly Alert[];
}

export interface PlanOptions {
  /** Whether what the file does not have is deleted. */
  readonly prunes: boolean;
  /** An alert as it is answered when it is made like this. */
  readonly fill: (alert: FileAlert) => Readonly<Record<string, unknown>>;
  readonly fingerprint: (url: string) => string;
}

export interface Plan {
  /** In the order in which they are taken. */
  readonly steps: readonly Step[];
  readonly issues: readonly FileIssue[];
}

/** What has to be done for a project to have what is in a file. */
export function planApply(file: AlertFile, present: Present, options: PlanOptions): Plan {
  const issues: FileIssue[] = [];
  // The alerts of settings and the destinations of alerts are not those of files.
  const destinations = present.destinations.filter(({ made_by: by }) => by === 'caller');
  const alerts = present.alerts.filter(({ standing }) => !standing);
  const steps = [
    ...file.destinations.map((one, index) =>
      planDestination(one, { index, known: destinations, issues, options }),
    ),
    ...file.alerts.map((one, index) =>
      planAlert(one, { index, known: alerts, destinations, file, issues, options }),
    ),
  ];
  const gone = options.prunes
    ? [
        ...findGone('alert', alerts, file.alerts),
        ...findGone('destination', destinations, file.destinations),
      ]
    : [];
  return { steps: [...steps, ...gone], issues };
}

interface DestinationPlace {
  readonly index: number;
  readonly known: readonly Destination[];
  readonly issues: FileIssue[];
  readonly options: PlanOptions;
}

function planDestination(
  wanted: FileDestination,
  { index, known, issues, options }: DestinationPlace,
): Step {
  const { name, kind } = wanted;
  const found = known.find((each) => each.name === name);
  const step = { kind: 'destination', name, index, id: found?.id ?? null, fields: [] } as const;
  const at = ['destinations', index] as const;
  if (found !== undefined && found.kind !== kind) {
    const message = `is ${found.kind} in the project, which cannot be changed: delete it, or use another name`;
    issues.push({ path: [...at, 'kind'], message });
  }
  if (found === undefined) {
    if (wanted.kind !== 'email' && wanted.url === undefined)
      issues.push({ path: at, message: 'url: required, the project has no such destination' });
    return { ...step, action: 'create' };
  }
  const fields = changedTarget(wanted, found, options);
  return { ...step, fields, action: fields.length === 0 ? 'keep' : 'update' };
}

function changedTarget(
  wanted: FileDestination,
  found: Destination,
  { fingerprint }: PlanOptions,
): readonly string[] {
  if (wanted.kind === 'email')
    return isDeepStrictEqual([...wanted.addresses], found.addresses) ? [] : ['addresses'];
  if (wanted.url === undefined) return [];
  return fingerprint(wanted.url) === found.url_fingerprint ? [] : ['url'];
}

interface AlertPlace extends Omit<DestinationPlace, 'known'> {
  readonly known: readonly Alert[];
  readonly destinations: readonly Destination[];
  readonly file: AlertFile;
}

function planAlert(
  wanted: FileAlert,
  { index, known, destinations, file, issues, options }: AlertPlace,
): Step {
  const { name, destinations: names = [] } = wanted;
  const [found, ...others] = known.filter((each) => each.name === name);
  const at = ['alerts', index] as const;
  if (others.length > 0) {
    const message = 'several alerts of the project have this name: rename all but one';
    issues.push({ path: [...at, 'name'], message });
  }
  const isKnown = (one: string): boolean =>
    [...file.destinations, ...(options.prunes ? [] : destinations)].some(
      (each) => each.name === one,
    );
  for (const [place, one] of names.entries())
    if (!isKnown(one))
      issues.push({
        path: [...at, 'destinations', place],
        message: `there is no destination ${JSON.stringify(one)}`,
      });
  const step = { kind: 'alert', name, index, id: found?.id ?? null, fields: [] } as const;
  if (found === undefined) return { ...step, action: 'create' };
  const fields = [
    ...changedFields(options.fill(wanted), found),
    ...(isDeepStrictEqual(names, toNames(found, destinations)) ? [] : ['destinations']),
  ];
  return { ...step, fields, action: fields.length === 0 ? 'keep' : 'update' };
}

const toNames = ({ destination_ids: ids }: Alert, destinations: readonly Destination[]): string[] =>
  ids.map((id) => destinations.find((each) => each.id === id)?.name ?? id);

/** What a person sets while an alert runs is not that of the file, unless it names it. */
function changedFields(wanted: Readonly<Record<string, unknown>>, found: Alert): string[] {
  const present: Readonly<Record<string, unknown>> = found;
  return Object.keys(wanted).filter((name) => !isDeepStrictEqual(wanted[name], present[name]));
}

const findGone = (
  kind: Step['kind'],
  present: readonly { readonly id: string; readonly name: string }[],
  wanted: readonly { readonly name: string }[],
): Step[] =>
  present
    .filter(({ name }) => !wanted.some((each) => each.name === name))
    .map(({ id, name }) => ({ kind, action: 'delete', name, id, fields: [], index: null }));
