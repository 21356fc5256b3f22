import { ExternalLink, File, Image } from 'lucide-react';
import { bytesOfDataUri, isSound, isThumbnail, readDataUri } from 'honeyhive-facts/messages';
import type { MediaSource } from 'honeyhive-facts/messages';
import { Chip } from '../../kit/chip.tsx';
import { payloadText } from '../../text/payload.ts';
import { toSafeLink } from '../text/safe-link.ts';
import styles from './media.module.css';
import { Thumbnail } from './thumbnail.tsx';

export interface MediaViewProps {
  readonly media: MediaSource;
  /** Of a file; null: without one. */
  readonly name?: string | null;
  readonly isImage: boolean;
}

/** An image or a file. Nothing is requested from another host: remote media are links that open a new tab. */
export function MediaView({ media, name = null, isImage }: MediaViewProps) {
  const icon = isImage ? <Image aria-hidden /> : <File aria-hidden />;
  const before = name === null ? '' : `${name}, `;
  if (media.kind === 'reference') {
    return <Chip icon={icon}>{before + payloadText.storedMedia(media.id)}</Chip>;
  }
  if (media.kind === 'remote')
    return <RemoteMedia url={media.url} icon={icon} name={name} isImage={isImage} />;
  if (isImage && isThumbnail(media.uri)) return <Thumbnail uri={media.uri} />;
  return <DataMedia uri={media.uri} icon={icon} before={before} />;
}

interface DataMediaProps {
  readonly uri: string;
  readonly icon: React.ReactNode;
  /** Name of the file. */
  readonly before: string;
}

function DataMedia({ uri, icon, before }: DataMediaProps) {
  if (isSound(uri)) return <Sound uri={uri} label={before + payloadText.audio} />;
  const mediaType = readDataUri(uri)?.mediaType ?? null;
  return <Chip icon={icon}>{before + payloadText.bytes(mediaType, bytesOfDataUri(uri))}</Chip>;
}

/** The address was checked with `isSound`. A transcript is a separate part. */
const Sound = ({ uri, label }: { readonly uri: string; readonly label: string }) => (
  <audio className={styles.sound} controls preload="none" src={uri} aria-label={label}>
    <track kind="captions" />
  </audio>
);

interface RemoteMediaProps {
  readonly url: string;
  readonly icon: React.ReactNode;
  readonly name: string | null;
  readonly isImage: boolean;
}

function RemoteMedia({ url, icon, name, isImage }: RemoteMediaProps) {
  const href = toSafeLink(url);
  if (href === null) return <Chip icon={icon}>{url}</Chip>;
  const toLabel = isImage ? payloadText.remoteImage : payloadText.remoteFile;
  return (
    <a
      className={styles.remote}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={`${payloadText.remoteHint}: ${href}`}
    >
      {icon}
      <span>{name ?? toLabel(new URL(href).host)}</span>
      <ExternalLink aria-hidden />
    </a>
  );
}
