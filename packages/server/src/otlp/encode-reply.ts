import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** What became of an export: spans that were not stored, and why. */
export interface PartialSuccess {
  /** A count, in the form that JSON has for 64 bits. */
  readonly rejectedSpans: string;
  readonly errorMessage: string;
}

const { Varint, LengthDelimited } = WireType;

/** `ExportTraceServiceResponse` in protobuf; empty when everything was stored. */
export function encodeResponse(partial: PartialSuccess | undefined): Buffer {
  const writer = new BinaryWriter();
  if (partial) {
    writer.tag(1, LengthDelimited).fork();
    writer.tag(1, Varint).int64(partial.rejectedSpans);
    writer.tag(2, LengthDelimited).string(partial.errorMessage);
    writer.join();
  }
  return Buffer.from(writer.finish());
}

/** `google.rpc.Status` in protobuf. */
export function encodeStatus({ code, message }: { code: number; message: string }): Buffer {
  const writer = new BinaryWriter();
  writer.tag(1, Varint).int32(code);
  writer.tag(2, LengthDelimited).string(message);
  return Buffer.from(writer.finish());
}
