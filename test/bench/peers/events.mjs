// The events of the comparison: 1 KB each, of one session, each with a marker that the sink finds in any format.
import { eventsPerBatch, makeBodies } from '../workload.mjs';

export const sessionId = '0199a0b4-7e3c-7c11-8a52-5d2f1c9e4b70';

/** Of the events that warm up, which do not count. */
const warmUp = 'warm';

export const markerOf = (place) => `mark-${String(place).padStart(8, '0')}-`;

/** Places of the events in a text, each as often as it is there. */
export const findPlaces = (text) =>
  Array.from(text.matchAll(/mark-(\d{8})-/g), ([, digits]) => Number(digits));

/** @param isMarked whether they count */
export function makeEvents(count, isMarked = true) {
  const events = makeBodies(Math.ceil(count / eventsPerBatch)).flatMap(
    (body) => JSON.parse(body).events,
  );
  return events.slice(0, count).map((event, place) => ({
    ...event,
    session_id: sessionId,
    parent_id: sessionId,
    event_type: 'model',
    metadata: { ...event.metadata, marker: isMarked ? markerOf(place) : warmUp },
  }));
}

/** Where among so many events the ones are that {@link poison} spoils. */
export const poisonedPlaces = (count) =>
  [0.3, 0.4, 0.5, 0.6, 0.7].map((share) => Math.floor(count * share));

const oddValues = () => ({
  run: () => 1,
  symbol: Symbol('odd'),
  date: new Date(Number.NaN),
  map: new Map([['a', 1]]),
  number: Number.NaN,
  text: '\ud800',
  error: new Error('odd'),
  bytes: Buffer.from('odd'),
});

/** Makes five events such that JSON cannot hold them, or no service would take them. */
export function poison(events) {
  const [cyclic, bigInt, getter, large, odd] = poisonedPlaces(events.length).map(
    (place) => events[place].inputs,
  );
  cyclic.self = cyclic;
  bigInt.id = 10n;
  Object.defineProperty(getter, 'bad', {
    enumerable: true,
    get() {
      throw new Error('unreadable');
    },
  });
  large.text = 'x'.repeat(6 * 1024 * 1024);
  Object.assign(odd, oddValues());
}
