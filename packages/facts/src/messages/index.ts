// The one reader of chat messages, whatever provider or framework wrote them.
export { leftover, wholly } from './leftover.ts';
export { findMessages, readMessages } from './find-messages.ts';
export type { FoundMessage } from './find-messages.ts';
export type { JsonView } from './json-view.ts';
export {
  base64Bytes,
  bytesOfDataUri,
  isSound,
  isThumbnail,
  readDataUri,
  toMediaSource,
} from './media-source.ts';
export type {
  MediaSource,
  Message,
  MessageList,
  MessagePart,
  Role,
  ToolCallPart,
  ToolResultPart,
} from './message.ts';
export { ValueView } from './value-view.ts';
