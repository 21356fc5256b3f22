import { bucketNames, eventParts } from 'honeyhive-wire';
import type { EventPart } from 'honeyhive-wire';
import { reprice } from '../domain/event-patch.ts';
import { Problem, invalid, notFound } from '../domain/problem.ts';
import type { StoredEvent } from '../domain/stored-event.ts';
import { toWireEvent } from '../domain/wire-event.ts';
import type { WireNames } from '../domain/wire-event.ts';
import type { Call, Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { findPlace } from '../projects/home-project.ts';
import { Reply } from '../calls/reply.ts';
import { namesOf } from '../calls/wire-names.ts';
import { readRange } from './byte-range.ts';

export const exploreEvent: Handler<'exploreEvent', ExploreServices> = async (call, services) => {
  const event = await findEvent(call, services);
  const most = readMost(call.query.omit_over);
  const sizes = bucketNames.map((name) => [name, Buffer.byteLength(event[name])] as const);
  const omitted = sizes.filter(([, bytes]) => bytes > most).map(([name]) => name);
  const shown = omitted.reduce<StoredEvent>((rest, name) => ({ ...rest, [name]: '{}' }), event);
  return {
    event: toWireEvent(shown, namesOf(call, services)),
    parts: { ...Object.fromEntries(sizes), error: Buffer.byteLength(event.error ?? '') },
    omitted,
    emptied: event.isEmptied,
    sample_rate: event.sampleRate,
    cost_source: event.costSource || null,
    price_date: await findPriceDate(event, services),
  };
};

/** Larger ones would take too long to parse. */
const maxPricedBytes = 1024 * 1024;

/** Which table a cost was computed with is not stored: that of the service, if it gives the same. */
async function findPriceDate(
  event: StoredEvent,
  { pricing }: ExploreServices,
): Promise<string | null> {
  if (event.costSource !== 'table' || sizeOf(event) > maxPricedBytes) return null;
  const isSame = reprice(event, await pricing.of(event.projectId)) === event;
  return isSame ? (pricing.table?.date ?? null) : null;
}

const sizeOf = (event: StoredEvent): number =>
  bucketNames.reduce((sum, name) => sum + event[name].length, 0);

function readMost(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalid([{ field: 'omit_over', message: 'expected a number of bytes' }]);
}

export const exploreEventPart: Handler<'exploreEventPart', ExploreServices> = async (
  call,
  services,
) => {
  const part = eventParts.find((name) => name === call.params.part);
  if (part === undefined)
    throw invalid([{ field: 'part', message: `expected one of ${eventParts.join(', ')}` }]);
  const event = await findEvent(call, services);
  const bytes = Buffer.from(partText(event, part, namesOf(call, services)));
  // Retention deletes payloads without a new version.
  const etag = `"${event.updatedAt}.${event.version}${event.isEmptied ? '.emptied' : ''}"`;
  const headers = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    'content-type': `${part === 'error' ? 'text/plain' : 'application/json'}; charset=utf-8`,
    // What is stored may be anything; no browser shall guess, or run it.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    ...(isAsked(call.query.download)
      ? { 'content-disposition': `attachment; filename="${toFileName(event.eventId, part)}"` }
      : {}),
  };
  const { ifNoneMatch, ifRange, range } = call.preconditions;
  if (ifNoneMatch === etag) return new Reply(null, headers, 304);
  const isCurrent = ifRange === undefined || ifRange === etag;
  return cut(bytes, { headers, range: isCurrent ? range : undefined });
};

function cut(
  bytes: Buffer,
  { headers, range }: { headers: Readonly<Record<string, string>>; range: string | undefined },
): Reply<Buffer, 206> {
  const wanted = readRange(range, bytes.length);
  if (wanted === null) return new Reply(bytes, headers);
  if (wanted === 'unsatisfiable') {
    throw new Problem('invalid_range', `The part has ${bytes.length} bytes.`, {
      issues: [{ field: 'range', message: `expected a range within ${bytes.length} bytes` }],
      headers: { 'content-range': `bytes */${bytes.length}` },
    });
  }
  const { first, last } = wanted;
  const place = { 'content-range': `bytes ${first}-${last}/${bytes.length}` };
  return new Reply(bytes.subarray(first, last + 1), { ...headers, ...place }, 206);
}

const isAsked = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

const toFileName = (eventId: string, part: EventPart): string =>
  `${eventId.replaceAll(/[^\w-]/g, '_').slice(0, 64)}-${part}.${part === 'error' ? 'txt' : 'json'}`;

function partText(event: StoredEvent, part: EventPart, names: WireNames): string {
  if (part === 'event') return JSON.stringify(toWireEvent(event, names));
  return part === 'error' ? (event.error ?? '') : event[part];
}

async function findEvent(
  call: Pick<Call<'exploreEvent'>, 'access' | 'params' | 'query'>,
  services: ExploreServices,
): Promise<StoredEvent> {
  const eventId = call.params.event_id;
  const wanted = { what: 'event', id: eventId, named: call.query.project } as const;
  const projectId = await findPlace(call.access, services, wanted);
  const [event] = await services.events.readEvents([projectId], [eventId]);
  if (!event) throw notFound('event', eventId);
  return event;
}
