/** Known programs that send events: nothing else in the header is shown to others. */
const known =
  /^(honeyhive(?:-[a-z]{2,8})?|OTel-OTLP-Exporter-[A-Za-z]{1,12}|OTel OTLP Exporter [A-Za-z]{1,12}|python-requests|python-httpx|aiohttp|axios|node-fetch|undici|node|Go-http-client|okhttp|curl|PostmanRuntime)(?:\/v?(\d{1,4}(?:\.\d{1,4}){0,3}))?(?=\s|$)/;

/** Name and version of the program that sent a request; null if unknown. */
export function readSenderName(userAgent: string | undefined): string | null {
  const [, name, version] = known.exec(userAgent ?? '') ?? [];
  if (name === undefined) return null;
  return version === undefined ? name : `${name}/${version}`;
}
