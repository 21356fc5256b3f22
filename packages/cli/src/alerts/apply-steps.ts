import type { Alert, AlertIn } from 'honeyhive-wire';
import { HoneyHiveValidationError } from 'honeyhive';
import type { AlertApi } from './alert-api.ts';
import type { AlertFile, FileAlert, FileDestination } from './alert-file.ts';
import type { Present, Step } from './apply-plan.ts';

/** A step that was taken. */
export interface Applied {
  readonly kind: Step['kind'];
  readonly name: string;
  readonly id: string;
  /** Of a webhook that was just made; null for all else. */
  readonly signingSecret: string | null;
}

export interface ApplyContext {
  readonly api: AlertApi;
  readonly file: AlertFile;
  readonly present: Present;
}

/**
 * Takes the steps of a plan, in order.
 *
 * @throws {Failure} with file and line when the service refuses a part of the file; the steps before it were taken, and
 * the same command continues from there
 */
export async function applySteps(
  steps: readonly Step[],
  { api, file, present }: ApplyContext,
): Promise<Applied[]> {
  const ids = new Map(present.destinations.map(({ name, id }) => [name, id]));
  const applied: Applied[] = [];
  for (const step of steps) {
    const done = await withLines(step, file, () => take(step, { api, file, present, ids }));
    if (done === null) continue;
    if (done.kind === 'destination') ids.set(done.name, done.id);
    applied.push(done);
  }
  return applied;
}

interface TakeContext extends ApplyContext {
  readonly ids: ReadonlyMap<string, string>;
}

async function take(step: Step, context: TakeContext): Promise<Applied | null> {
  if (step.action === 'keep') return null;
  if (step.action === 'delete') return remove(step, context);
  return step.kind === 'destination' ? saveDestination(step, context) : saveAlert(step, context);
}

async function remove({ kind, name, id }: Step, { api }: TakeContext): Promise<Applied | null> {
  if (id === null) return null;
  await (kind === 'alert' ? api.deleteAlert(id) : api.deleteDestination(id));
  return { kind, name, id, signingSecret: null };
}

async function saveDestination(
  { kind, name, id, index }: Step,
  { api, file }: TakeContext,
): Promise<Applied | null> {
  const wanted = index === null ? undefined : file.destinations[index];
  if (wanted === undefined) return null;
  const saved = await api.saveDestination(id, id === null ? wanted : toPatch(wanted));
  return { kind, name, id: saved.destination.id, signingSecret: saved.signing_secret };
}

async function saveAlert(
  { kind, name, id, index }: Step,
  context: TakeContext,
): Promise<Applied | null> {
  const wanted = index === null ? undefined : context.file.alerts[index];
  if (wanted === undefined) return null;
  const saved = await context.api.saveAlert(id, toAlert(wanted, context, id));
  return { kind, name, id: saved.id, signingSecret: null };
}

const toPatch = (wanted: FileDestination) =>
  wanted.kind === 'email'
    ? { addresses: wanted.addresses }
    : wanted.url === undefined
      ? {}
      : { url: wanted.url };

/** A mute or pause of an alert that is there stays, unless the file names it. */
function toAlert(
  { destinations = [], ...alert }: FileAlert,
  { present, ids }: TakeContext,
  id: string | null,
): AlertIn {
  const found = present.alerts.find((each) => each.id === id);
  return {
    ...(found === undefined ? {} : stateOf(found)),
    ...alert,
    destination_ids: destinations.flatMap((name) => ids.get(name) ?? []),
  };
}

const stateOf = ({ is_muted: isMuted, muted_until: until, status }: Alert): Partial<AlertIn> => ({
  ...(until === null ? { is_muted: isMuted } : { muted_until: until }),
  ...(status === 'PAUSED' ? { status } : {}),
});

/** What the service refuses is shown at its line of the file. */
async function withLines<Done>(
  { kind, index }: Step,
  { source }: AlertFile,
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HoneyHiveValidationError) || index === null) throw error;
    const at = [kind === 'alert' ? 'alerts' : 'destinations', index];
    const issues = (error.issues ?? []).map(({ field, message }) => ({
      path: [...at, ...splitField(field)],
      message,
    }));
    const found = issues.length > 0 ? issues : [{ path: at, message: error.message }];
    throw source.toFailure(found, toField);
  }
}

/** Parts of a field as the service writes it: `filters[0].value`. */
const splitField = (field: string): PropertyKey[] =>
  [...field.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );

const toField = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
