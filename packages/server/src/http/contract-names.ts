/** Parts of a request that are no fields of a body, and fields of spans, whose shape is that of OTLP. */
const others = [
  'request',
  'body',
  'authorization',
  'content-type',
  'content-encoding',
  'host',
  'origin',
  'headers',
  'resourceSpans',
  'scopeSpans',
  'spans',
  'traceId',
  'spanId',
  'parentSpanId',
  'startTimeUnixNano',
  'endTimeUnixNano',
];

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every name of a field that the contract has: what else is in a request is its sender's. */
export function readContractNames(openApi: unknown): ReadonlySet<string> {
  const names = new Set(others);
  const read = (value: unknown): void => {
    if (!isNode(value)) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'properties' && isNode(child))
        for (const name of Object.keys(child)) names.add(name);
      read(child);
    }
  };
  read(openApi);
  return names;
}
