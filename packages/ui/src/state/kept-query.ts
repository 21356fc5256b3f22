/** What of the query goes along to another screen: the time range and the zone. */
const keptNames = ['t', 'tz'];

export function keptQuery(): string {
  const params = new URLSearchParams(window.location.search);
  const kept = keptNames.flatMap((name) => {
    const text = params.get(name);
    return text === null ? [] : [[name, text]];
  });
  return new URLSearchParams(kept).toString();
}
