import { limits } from 'honeyhive-wire';
import type { Destination } from 'honeyhive-wire';
import { destinationRecord } from './destination-store.ts';
import type { DestinationStore, StoredDestination } from './destination-store.ts';
import type { TestSender } from '../deliveries/send-test.ts';
import { toWireDelivery } from '../deliveries/wire-delivery.ts';
import type { AlertTarget } from '../domain/alert-target.ts';
import { newId } from '../domain/ids.ts';
import { invalid, notFound, Problem } from '../domain/problem.ts';
import type { Handler } from '../calls/handler.ts';
import type { Clock } from '../clock.ts';
import type { Senders } from '../senders/senders.ts';
import { openTarget, sealTarget } from '../senders/target-box.ts';
import { findUrlFault, fingerprintOf, maskUrl } from '../senders/target-url.ts';
import { mintSigningSecret, overlapMs } from '../senders/webhook-message.ts';
import type { SecretBox } from '../store/secret-box.ts';

export interface DestinationServices {
  readonly metadata: DestinationStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly secretBox: SecretBox;
  readonly senders: Senders;
  readonly testSender: TestSender;
}

export const listAlertDestinations: Handler<'listAlertDestinations', DestinationServices> = async (
  { access, params },
  { metadata, secretBox },
) => {
  const project = await access.project(params.project_id);
  const found = await metadata.listDestinations(project.id);
  return {
    destinations: found
      .map((each) => toWire(each, secretBox))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
};

export const createAlertDestination: Handler<
  'createAlertDestination',
  DestinationServices
> = async ({ access, params, body }, { metadata, clock, secretBox, senders }) => {
  const project = await access.project(params.project_id);
  const target = toTarget(body, senders);
  const now = clock.now();
  const id = newId(now);
  const saved = await metadata.createDestination(
    {
      id,
      projectId: project.id,
      name: body.name,
      kind: body.kind,
      madeBy: 'caller',
      sealed: sealTarget(secretBox, target, id),
      createdAt: now,
      updatedAt: now,
    },
    { mostPerProject: limits.projectDestinations },
  );
  if (saved === 'taken') throw nameTaken(body.name);
  if (saved === 'full')
    throw new Problem(
      'conflict',
      `A project has at most ${limits.projectDestinations} destinations: delete one first.`,
    );
  return { destination: toWire(saved, secretBox), signing_secret: secretOf(target) };
};

export const getAlertDestination: Handler<'getAlertDestination', DestinationServices> = async (
  { access, params },
  { metadata, secretBox },
) => {
  const project = await access.project(params.project_id);
  return toWire(await require(metadata, project.id, params.destination_id), secretBox);
};

type Patch = Parameters<typeof updateAlertDestination>[0]['body'];

export const updateAlertDestination: Handler<
  'updateAlertDestination',
  DestinationServices
> = async ({ access, params, body }, { metadata, clock, secretBox, senders }) => {
  const project = await access.project(params.project_id);
  const known = await require(metadata, project.id, params.destination_id);
  checkPatch(known, body);
  const before = openTarget(secretBox, known.sealed, known.id);
  const now = clock.now();
  const after = changeTarget(known, { before, patch: body, senders, now });
  const saved = await metadata.updateDestination(
    known,
    {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(after === null ? {} : { sealed: sealTarget(secretBox, after, known.id) }),
    },
    now,
  );
  if (saved === null) throw notFound('destination', params.destination_id);
  if (saved === 'taken') throw nameTaken(body.name ?? '');
  const secret = after === null ? null : secretOf(after);
  const isNew = before === null || secret !== secretOf(before);
  return { destination: toWire(saved, secretBox), signing_secret: isNew ? secret : null };
};

export const deleteAlertDestination: Handler<
  'deleteAlertDestination',
  DestinationServices
> = async ({ access, params }, { metadata }) => {
  const project = await access.project(params.project_id);
  const id = params.destination_id;
  if (!(await metadata.deleteDestination(project.id, id))) throw notFound('destination', id);
  return { success: true, deleted: id };
};

export const testAlertDestination: Handler<'testAlertDestination', DestinationServices> = async (
  { access, params },
  { metadata, testSender },
) => {
  const project = await access.project(params.project_id);
  const found = await require(metadata, project.id, params.destination_id);
  const { delivery, attempt } = await testSender.send({ project, destination: found });
  return {
    delivery: toWireDelivery({ delivery, destinationName: found.name }, [attempt]),
  };
};

async function require(
  metadata: DestinationStore,
  projectId: string,
  id: string,
): Promise<StoredDestination> {
  const found = await metadata.findDestination(projectId, id);
  if (found === null) throw notFound('destination', id);
  return found;
}

const nameTaken = (name: string): Problem =>
  new Problem('conflict', `Another destination has the name ${JSON.stringify(name)}.`, {
    issues: [{ field: 'name', message: 'taken by another destination of the project' }],
  });

const secretOf = (target: AlertTarget): string | null =>
  target.kind === 'webhook' ? target.secret : null;

type Given =
  | { readonly kind: 'webhook' | 'slack'; readonly url: string }
  | { readonly kind: 'email'; readonly addresses: readonly string[] };

function toTarget(given: Given, { guard, hasEmail }: Senders): AlertTarget {
  if (given.kind === 'email') {
    if (hasEmail) return { kind: 'email', addresses: given.addresses };
    const message = 'e-mail is not configured: the operator has to set HH_SMTP_URL';
    throw invalid([{ field: 'kind', message }]);
  }
  const fault = findUrlFault(given.url, guard);
  if (fault !== null) throw invalid([{ field: 'url', message: fault }]);
  const { kind, url } = given;
  return kind === 'slack' ? { kind, url } : { kind, url, secret: mintSigningSecret() };
}

/** What the kind of a destination has no place for. */
function checkPatch({ kind, madeBy }: StoredDestination, patch: Patch): void {
  const foreign = kind === 'email' ? (['url', 'rotate_secret'] as const) : (['addresses'] as const);
  const field = [...foreign, ...(kind === 'slack' ? (['rotate_secret'] as const) : [])].find(
    (name) => patch[name] !== undefined,
  );
  if (field !== undefined)
    throw invalid([{ field, message: `does not apply to a destination of kind ${kind}` }]);
  const target = (['url', 'addresses'] as const).find((name) => patch[name] !== undefined);
  if (madeBy === 'alert' && target !== undefined)
    throw invalid([
      { field: target, message: 'change the `notification_details` of the alert instead' },
    ]);
}

interface TargetChange {
  /** null: it cannot be opened. */
  readonly before: AlertTarget | null;
  readonly patch: Patch;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly senders: Senders;
}

/** null: it stays. */
function changeTarget({ kind }: StoredDestination, change: TargetChange): AlertTarget | null {
  const { url, addresses, rotate_secret: rotates } = change.patch;
  if (kind !== 'email')
    return url === undefined && rotates !== true ? null : changeUrl(kind, change);
  return addresses === undefined ? null : toTarget({ kind, addresses }, change.senders);
}

/** A webhook that cannot be opened gets a new secret with its new URL. */
function changeUrl(
  kind: 'webhook' | 'slack',
  { before, patch, senders, now }: TargetChange,
): AlertTarget {
  const known = before === null || before.kind === 'email' ? null : before;
  const url = patch.url ?? known?.url;
  if (url === undefined)
    throw invalid([{ field: 'url', message: 'required: the stored one cannot be read' }]);
  const made = toTarget({ kind, url }, senders);
  if (known === null) return made;
  if (patch.rotate_secret !== true) return { ...known, url };
  if (made.kind !== 'webhook' || known.kind !== 'webhook') return made;
  return { ...made, previous: { secret: known.secret, until: now + overlapMs } };
}

function toWire(destination: StoredDestination, box: SecretBox): Destination {
  const { sealed, ...rest } = destinationRecord.toLine(destination);
  const target = openTarget(box, sealed, destination.id);
  const url = target === null || target.kind === 'email' ? null : target.url;
  return {
    ...rest,
    url: url === null ? null : maskUrl(url),
    url_fingerprint: url === null ? null : fingerprintOf(url),
    addresses: target?.kind === 'email' ? [...target.addresses] : [],
    is_readable: target !== null,
  };
}
