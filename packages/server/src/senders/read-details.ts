import type { AlertTarget } from '../domain/alert-target.ts';
import { isJsonObject } from '../domain/json-text.ts';
import type { JsonObject } from '../domain/json-text.ts';
import type { NetworkGuard } from './network-guard.ts';
import { findUrlFault } from './target-url.ts';

/** A target without the secret that a webhook has. */
export type DetailsTarget =
  | { readonly kind: 'webhook'; readonly url: string }
  | Exclude<AlertTarget, { kind: 'webhook' }>;

/** What is wrong with details, at a path inside of them. */
export interface DetailsFault {
  readonly kind: AlertTarget['kind'];
  readonly path: readonly string[];
  readonly fault: string;
}

const mostAddresses = 20;
/** Source: RFC 5321 section 4.5.3.1.3. */
const address = /^[^\s@<>,;:"()[\]\\]{1,64}@[A-Za-z0-9.-]{1,189}$/;
const urlNames = ['url', 'webhook_url'];
const addressNames = ['emails', 'email', 'addresses', 'to', 'recipients'];

/**
 * The target that `notification_details` of a level mean: `{ channel, metadata, user_ids }` as the vendor sends them.
 * Its contract leaves `metadata` open: a URL is read from `url` or `webhook_url`, addresses from `emails`, `email`,
 * `addresses`, `to` or `recipients`, and from `user_ids` that are addresses.
 *
 * @returns null without a channel
 */
export function readDetails(
  details: JsonObject | null | undefined,
  guard: NetworkGuard,
): DetailsTarget | DetailsFault | null {
  const channel = details?.['channel'];
  if (!details || typeof channel !== 'string') return null;
  const metadata = isJsonObject(details['metadata']) ? details['metadata'] : {};
  if (channel === 'EMAIL') return readAddresses(details, metadata);
  return readUrl(channel === 'SLACK' ? 'slack' : 'webhook', metadata, guard);
}

function readUrl(
  kind: 'slack' | 'webhook',
  metadata: JsonObject,
  guard: NetworkGuard,
): DetailsTarget | DetailsFault {
  const name = urlNames.find((each) => typeof metadata[each] === 'string');
  const url = name === undefined ? '' : String(metadata[name]);
  const fault =
    name === undefined ? `expected the URL of the ${kind} webhook` : findUrlFault(url, guard);
  if (fault !== null) return { kind, path: ['metadata', name ?? 'url'], fault };
  return kind === 'slack' ? { kind, url } : { kind, url };
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');

function readAddresses(details: JsonObject, metadata: JsonObject): DetailsTarget | DetailsFault {
  const name = addressNames.find((each) => metadata[each] !== undefined);
  const given = name === undefined ? [] : textsOf(metadata[name]).flatMap(toList);
  const users = textsOf(details['user_ids']).filter((user) => address.test(user));
  const addresses = [...new Set([...given, ...users])];
  const path = ['metadata', name ?? 'emails'];
  const fault = findAddressFault(addresses);
  return fault === null ? { kind: 'email', addresses } : { kind: 'email', path, fault };
}

function findAddressFault(addresses: readonly string[]): string | null {
  const wrong = addresses.find((each) => !address.test(each));
  if (wrong !== undefined) return `${JSON.stringify(wrong)} is no e-mail address`;
  if (addresses.length === 0) return 'expected at least one e-mail address';
  return addresses.length > mostAddresses ? `expected at most ${mostAddresses}` : null;
}

const toList = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

export const isFault = (read: DetailsTarget | DetailsFault): read is DetailsFault =>
  'fault' in read;
