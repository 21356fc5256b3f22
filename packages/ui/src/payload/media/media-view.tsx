import { ExternalLink, File, Image } from 'lucide-react';
import { bytesOfDataUri, isThumbnail, readDataUri } from 'honeyhive-facts/messages';
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
  if (media.kind === 'remote') return <RemoteMedia url={media.url} icon={icon} name={name} />;
  if (isImage && isThumbnail(media.uri)) return <Thumbnail uri={media.uri} />;
  const mediaType = readDataUri(media.uri)?.mediaType ?? null;
  return (
    <Chip icon={icon}>{before + payloadText.bytes(mediaType, bytesOfDataUri(media.uri))}</Chip>
  );
}

interface RemoteMediaProps {
  readonly url: string;
  readonly icon: React.ReactNode;
  readonly name: string | null;
}

function RemoteMedia({ url, icon, name }: RemoteMediaProps) {
  const href = toSafeLink(url);
  if (href === null) return <Chip icon={icon}>{url}</Chip>;
  return (
    <a
      className={styles.remote}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={`${payloadText.remoteHint}: ${href}`}
    >
      {icon}
      <span>{name ?? payloadText.remoteImage(new URL(href).host)}</span>
      <ExternalLink aria-hidden />
    </a>
  );
}
