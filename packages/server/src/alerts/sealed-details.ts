import type { AlertIn, Immutable, Issue } from 'honeyhive-wire';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import { maskUrl } from '../senders/target-url.ts';
import type { SecretBox } from '../store/secret-box.ts';
import type { AlertPlace } from './alert-store.ts';

type Details = NonNullable<AlertIn['notification_details']>;
type LevelDetails = NonNullable<Details['critical']>;

const levels = ['critical', 'warning', 'resolved'] as const;
/** Where the metadata of a level is kept, encrypted; beside it is what may be shown. */
const sealedName = 'sealed_metadata';
const hidden = '…';
const hiddenText = /"(?:…|https?:\/\/[^"]*\/…)"/i;

const ownerOf = ({ projectId, alertId }: AlertPlace): string =>
  `alert ${JSON.stringify([projectId, alertId])}`;

export interface SealOptions {
  readonly box: SecretBox;
  readonly place: AlertPlace;
  /** As stored before: metadata that is sent back as it was shown stays. */
  readonly before: Details | undefined;
}

/** The details of each level as they are stored: metadata of e-mail stays, all other may be secret. */
export function sealDetails(details: Details, options: SealOptions): Details {
  const sealed = levels.flatMap((level) => {
    const given = details[level];
    if (given === undefined) return [];
    return [[level, sealLevel(given, options.before?.[level], options)] as const];
  });
  return Object.fromEntries(sealed);
}

function sealLevel(
  given: LevelDetails,
  before: LevelDetails | undefined,
  { box, place }: SealOptions,
): LevelDetails {
  const { [sealedName]: _sealed, ...details } = given;
  const { metadata } = details;
  if (!isSecret(details)) return details;
  const kept = before?.[sealedName];
  const isShown = JSON.stringify(before?.metadata) === JSON.stringify(metadata);
  if (typeof kept === 'string' && isShown) return { ...details, [sealedName]: kept };
  const text = box.seal(JSON.stringify(metadata), ownerOf(place));
  return { ...details, metadata: maskObject(metadata ?? {}), [sealedName]: text };
}

const isSecret = ({ channel, metadata }: LevelDetails): boolean =>
  channel !== 'EMAIL' && metadata !== undefined && Object.keys(metadata).length > 0;

/** Of a URL, scheme and host stay, as of that of a destination. */
function mask(value: unknown): unknown {
  if (typeof value === 'string')
    return /^https?:\/\//i.test(value) && URL.canParse(value) ? maskUrl(value) : hidden;
  if (Array.isArray(value)) return value.map(mask);
  return isJsonObject(value) ? maskObject(value) : value;
}

const maskObject = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, mask(value)]));

/** Metadata as it is shown lacks its secrets: it can only be sent back to the alert that it was read of. */
export function findHiddenIssues(
  details: Details | undefined,
  before: Details | undefined,
): Issue[] {
  return levels.flatMap((level) => {
    const given = details?.[level];
    if (given === undefined || !isSecret(given)) return [];
    const text = JSON.stringify(given.metadata);
    const isKept = text === JSON.stringify(before?.[level]?.metadata);
    if (isKept || !hiddenText.test(text)) return [];
    const message = 'is shown without its secrets: send the whole metadata, or leave the field out';
    return [{ field: `notification_details.${level}.metadata`, message }];
  });
}

/** The details as they are answered: without what is encrypted. */
export function toShownDetails(details: Immutable<Details>): Immutable<Details> {
  const shown = levels.flatMap((level) => {
    const given = details[level];
    if (given === undefined) return [];
    const { [sealedName]: _sealed, ...rest } = given;
    return [[level, rest] as const];
  });
  return Object.fromEntries(shown);
}

/** The details of a level as they were sent; null: they were encrypted with another key. */
export function openDetails(
  details: JsonObject,
  box: SecretBox,
  place: AlertPlace,
): JsonObject | null {
  const { [sealedName]: sealed, ...rest } = details;
  if (typeof sealed !== 'string') return rest;
  const text = box.open(sealed, ownerOf(place));
  return text === null ? null : { ...rest, metadata: JSON.parse(text) as unknown };
}

/** Whether details of alerts are stored in clear, as versions before this one did. */
export const isUnsealed = (details: Details): boolean =>
  levels.some((level) => {
    const given = details[level];
    return given !== undefined && isSecret(given) && typeof given[sealedName] !== 'string';
  });
