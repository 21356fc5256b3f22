import type { IncomingHttpHeaders } from 'node:http';
import { operations } from 'honeyhive-wire';
import type { Operation } from 'honeyhive-wire';
import type { Problem } from '../domain/problem.ts';
import { decodeRequest } from '../otlp/decode-request.ts';
import { encodeResponse, encodeStatus } from '../otlp/encode-reply.ts';
import type { PartialSuccess } from '../otlp/encode-reply.ts';
import { logSignal, metricSignal, traceSignal } from '../otlp/signal.ts';
import type { Signal } from '../otlp/signal.ts';
import { isJsonType, mediaType, unsupportedType } from './body/body.ts';
import type { Parse } from './body/body.ts';
import { otlpBounds } from './json/json-bounds.ts';
import { parseJson } from './json/parse-json.ts';
import type { FinishedReply } from './finish-reply.ts';
import { toErrorBody } from '../calls/problem-response.ts';

const protobuf = 'application/x-protobuf';
const protobufTypes: readonly string[] = [protobuf, 'application/protobuf'];

const isProtobuf = (headers: IncomingHttpHeaders): boolean =>
  protobufTypes.includes(mediaType(headers['content-type']));

const signals: Readonly<Record<string, Signal>> = {
  exportTraces: traceSignal,
  exportLogs: logSignal,
  exportMetrics: metricSignal,
};

/** How bodies of OTLP are parsed. @param maxItems items in one list */
export const chooseOtlp =
  ({ id }: Pick<Operation, 'id'>, maxItems: number) =>
  (type: string): Parse => {
    const signal = signals[id] ?? traceSignal;
    if (protobufTypes.includes(type))
      return (bytes, { grow }) => decodeRequest(bytes, signal, grow);
    if (!isJsonType(type)) throw unsupportedType(type, `${protobuf} or application/json`);
    const bounds = otlpBounds(signal.items, signal.noun, maxItems);
    return (bytes, { grow }) => parseJson(bytes, bounds, grow);
  };

/** An answer in the encoding in which the request came. */
export function encodeAnswer(reply: FinishedReply, headers: IncomingHttpHeaders): FinishedReply {
  if (!isProtobuf(headers)) return reply;
  const { partialSuccess } = reply.body as { readonly partialSuccess?: PartialSuccess };
  return {
    ...reply,
    headers: { ...reply.headers, 'content-type': protobuf },
    body: encodeResponse(partialSuccess),
  };
}

/** `google.rpc.Code` by the status of HTTP. Source: googleapis, `google/rpc/code.proto`. */
const rpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  429: 8,
  500: 13,
  503: 14,
};
const invalidArgument = 3;

const byId: Readonly<Record<string, Operation>> = operations;

/** An error of OTLP as a `google.rpc.Status`: as JSON beside what every error has; null for other operations. */
export function encodeError(
  problem: Problem,
  operation: string | undefined,
  headers: IncomingHttpHeaders,
): { readonly type: string; readonly body: Buffer | object } | null {
  if (operation === undefined || byId[operation]?.format !== 'otlp') return null;
  const status = { code: rpcCodes[problem.status] ?? invalidArgument, message: problem.message };
  return isProtobuf(headers)
    ? { type: protobuf, body: encodeStatus(status) }
    : { type: 'application/json; charset=utf-8', body: { ...status, ...toErrorBody(problem) } };
}
