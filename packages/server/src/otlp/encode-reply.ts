import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** What became of an export: how many items of the one kind were not stored, and why. */
export interface PartialSuccess {
  /** A count, in the form that JSON has for 64 bits. */
  readonly rejectedSpans?: string;
  readonly rejectedLogRecords?: string;
  readonly rejectedDataPoints?: string;
  readonly errorMessage: string;
}

const { Varint, LengthDelimited } = WireType;

/** The response to an exporter in protobuf, the same for all signals; empty when everything was stored. */
export function encodeResponse(partial: PartialSuccess | undefined): Buffer {
  const writer = new BinaryWriter();
  if (partial) {
    writer.tag(1, LengthDelimited).fork();
    const { rejectedSpans, rejectedLogRecords, rejectedDataPoints } = partial;
    const rejected = rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? '0';
    writer.tag(1, Varint).int64(rejected);
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
