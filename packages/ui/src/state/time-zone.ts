import { isTimeZone } from 'honeyhive-facts';
import { useMemo } from 'react';
import { createPreference, usePreference } from './preference.ts';
import { optionalParam } from './query-param.ts';
import { useQueryState } from './use-query-state.ts';

/** Zone of this machine, by its name in the IANA list. */
export const systemTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const timeZonePreference = createPreference('time-zone', {
  parse: (text) => (text !== null && isTimeZone(text) ? text : systemTimeZone),
  print: (zone: string) => zone,
});

const choose = (linked: string | null, stored: string): string =>
  linked !== null && isTimeZone(linked) ? linked : stored;

/** The zone of an address, or else the stored one. */
export const readTimeZone = (search: URLSearchParams): string =>
  choose(optionalParam.parse(search.get('tz')), timeZonePreference.get());

/**
 * The zone of every absolute time and of every edge of a bucket.
 *
 * A zone in the address wins, so that a link shows the same to everybody, and leaves the stored choice alone.
 */
export function useTimeZone(): readonly [string, (zone: string) => void] {
  const [stored, store] = usePreference(timeZonePreference);
  const [linked, setLinked] = useQueryState('tz', optionalParam);
  const set = useMemo(
    () => (zone: string) => {
      store(zone);
      setLinked(null);
    },
    [store, setLinked],
  );
  return [choose(linked, stored), set];
}
