import { connect } from 'node:http2';
import type { IncomingHttpHeaders } from 'node:http2';

/** What a call of gRPC was answered. */
export interface GrpcAnswer {
  readonly status: number;
  /** `grpc-status`, of the trailers or of the headers; undefined without one. */
  readonly code: string | undefined;
  readonly message: string;
  /** Without the prefix. */
  readonly body: Buffer;
}

/** A message as gRPC frames it. */
export function frame(message: Buffer, { flag = 0, length = message.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flag;
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
}

const traces = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** Calls a method with raw bytes, sent in pieces; without `isEnded` the request never ends. */
export async function callGrpc(
  port: number,
  pieces: readonly Buffer[],
  {
    headers = {},
    path = traces,
    isEnded = true,
  }: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly path?: string;
    readonly isEnded?: boolean;
  } = {},
): Promise<GrpcAnswer> {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    return await new Promise<GrpcAnswer>((resolve, reject) => {
      const fields = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc' };
      const stream = session.request({ ...fields, te: 'trailers', ...headers });
      const chunks: Buffer[] = [];
      let received: IncomingHttpHeaders = {};
      const take = (more: IncomingHttpHeaders): void => void (received = { ...received, ...more });
      stream.on('response', take).on('trailers', take).on('error', reject);
      session.on('error', reject);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () =>
        resolve({
          status: Number(received[':status']),
          code: received['grpc-status']?.toString(),
          message: decodeURIComponent(received['grpc-message']?.toString() ?? ''),
          body: Buffer.concat(chunks).subarray(5),
        }),
      );
      for (const piece of pieces) stream.write(piece);
      if (isEnded) stream.end();
    });
  } finally {
    session.destroy();
  }
}
