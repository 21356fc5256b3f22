import type { JsonView } from './json-view.ts';
import { toDataSource, toMediaSource } from './media-source.ts';
import type { MediaSource, MessagePart } from './message.ts';

/** Where the objects are that hold the address or the data, from the part inwards. */
const holders = [
  'source',
  'file',
  'image_url',
  'input_audio',
  'audio',
  'inlineData',
  'inline_data',
];
const fileHolders = ['fileData', 'file_data'];
const addressKeys = ['url', 'uri', 'image_url', 'image', 'file_url', 'fileUri', 'file_uri'];
const dataKeys = ['data', 'file_data', 'base64'];
const idKeys = ['file_id', 'fileId', 'id'];
const typeKeys = ['mediaType', 'media_type', 'mimeType', 'mime_type'];

/** The object that describes the media: the part itself or the one within it. */
function holderOf(part: JsonView): JsonView {
  for (const key of [...holders, ...fileHolders]) {
    const holder = part.get(key);
    if (holder?.isObject) return holder;
  }
  return part;
}

/** OpenTelemetry keeps data under a name that is that of text everywhere else. */
const dataOf = (holder: JsonView): string | null =>
  holder.stringAt(...dataKeys) ??
  (holder.stringAt('type') === 'blob' ? holder.stringAt('content') : null);

function readSource(holder: JsonView, mediaType: string | null): MediaSource | null {
  const address = holder.stringAt(...addressKeys);
  // The AI SDK's `image` is an address or bare base64.
  if (address !== null) return toAddressOrData(address, mediaType);
  const data = dataOf(holder);
  if (data !== null) return toDataSource(mediaType, data);
  const id = holder.stringAt(...idKeys);
  return id === null ? null : { kind: 'reference', id };
}

function toAddressOrData(address: string, mediaType: string | null): MediaSource {
  const isBareData = address.length > 512 && !/^[a-z][a-z0-9+.-]*:/i.test(address);
  return isBareData ? toDataSource(mediaType, address) : toMediaSource(address);
}

/** The type of an image may be left out, or be no more than `image`. */
function toMediaType(stated: string | null, isImage: boolean): string | null {
  return isImage && !stated?.includes('/') ? 'image/png' : stated;
}

/** An image, a file, a sound: what it is and where. Null when the part says neither. */
export function readMediaPart(part: JsonView): MessagePart | null {
  const holder = holderOf(part);
  // Anthropic's documents may be plain text; that is no base64.
  if (holder.stringAt('type') === 'text') return null;
  const stated = holder.stringAt(...typeKeys) ?? part.stringAt(...typeKeys);
  const isImage = [part.stringAt('type'), part.stringAt('modality'), stated].some((type) =>
    type?.includes('image'),
  );
  const mediaType = toMediaType(stated ?? audioType(holder, part), isImage);
  const media = readSource(holder, mediaType);
  if (!media) return null;
  return isImage
    ? { kind: 'image', media }
    : { kind: 'file', media, mediaType, name: nameOf(part, holder) };
}

/** OpenAI has the format of a sound without `audio/`. */
function audioType(holder: JsonView, part: JsonView): string | null {
  const format = holder.stringAt('format') ?? part.stringAt('format');
  return format !== null && part.stringAt('type')?.includes('audio') ? `audio/${format}` : null;
}

/** What a model of OpenAI spoke. Its format is that of the request; players look into the data. */
export function readSound(audio: JsonView): MessagePart | null {
  const mediaType = 'audio/wav';
  const media = readSource(audio, mediaType);
  return media && { kind: 'file', media, mediaType, name: null };
}

function nameOf(part: JsonView, holder: JsonView): string | null {
  const name = holder.stringAt('filename', 'displayName', 'display_name', 'name');
  return name ?? part.stringAt('filename', 'title');
}
