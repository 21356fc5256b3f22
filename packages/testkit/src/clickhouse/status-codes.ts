/** HTTP status of an error code. Source: ClickHouse src/Server/HTTP/exceptionCodeToHTTPStatus.cpp. */
const codesOf: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [401, [194]],
  [403, [192, 193, 497, 516]],
  [400, [6, 26, 27, 38, 41, 43, 44, 53, 62, 70, 72, 117, 130, 131, 456, 457, 500]],
  [404, [16, 46, 47, 50, 60, 63, 75, 81, 115]],
  [408, [159]],
  [411, [381]],
  [413, [161]],
  [501, [48]],
  [503, [76, 209, 439]],
];

const statuses: ReadonlyMap<number, number> = new Map(
  codesOf.flatMap(([status, codes]) => codes.map((code) => [code, status] as const)),
);

/** 500 for most codes, as the server does it. */
export const toStatus = (code: number): number => statuses.get(code) ?? 500;
