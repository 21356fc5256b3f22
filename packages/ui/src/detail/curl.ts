/** A text as one word of a POSIX shell. Source: POSIX.1-2017, shell command language 2.2.2. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The command that reads an event; the key is left to the environment, so that it can be passed on. */
export function printCurl(baseUrl: string, eventId: string): string {
  const url = `${baseUrl}/v1/events/${encodeURIComponent(eventId)}`;
  return `curl -s ${quote(url)} -H "authorization: Bearer $HH_API_KEY"`;
}
