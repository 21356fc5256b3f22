import { useState } from 'react';
import { downloadHref, type PartAddress, type PartContent } from '../api/event-part.ts';
import { Button } from '../kit/button.tsx';
import { InlineError } from '../kit/states.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { payloadText } from '../text/payload.ts';
import { DownloadLink } from './download-link.tsx';
import { Frame, Payload, type PayloadProps } from './payload.tsx';
import styles from './payload.module.css';
import { Reading } from './reading.tsx';
import { TextView } from './text/text-view.tsx';
import { useEventPart } from './use-event-part.ts';

export interface EventPartViewProps extends Omit<PayloadProps, 'source' | 'tools'> {
  readonly address: PartAddress;
}

/**
 * A part of a large event, loaded separately. Up to 10 MB completely; beyond that the beginning, and the rest on
 * demand.
 */
export function EventPartView({ address, ...rest }: EventPartViewProps) {
  const [isWhole, setWhole] = useState(false);
  const { data, error, progress, retry } = useEventPart(address, isWhole);
  const tools = <DownloadLink href={downloadHref(address)} />;
  if (data && data.loadedBytes >= data.totalBytes) {
    return <Payload {...rest} source={data.text} tools={tools} />;
  }
  return (
    <Frame label={rest.label} tools={tools}>
      {error !== null && <InlineError title={payloadText.failed} error={error} onRetry={retry} />}
      {progress && <Progress {...progress} />}
      {!data && !error && !progress && <Skeleton rows={5} />}
      {data && <Head data={data} isLoading={isWhole && !error} onLoadAll={() => setWhole(true)} />}
    </Frame>
  );
}

const Progress = ({ loaded, total }: { readonly loaded: number; readonly total: number }) => (
  <Reading percent={(100 * loaded) / total} label={payloadText.loading(loaded, total)} />
);

interface HeadProps {
  readonly data: PartContent;
  readonly isLoading: boolean;
  readonly onLoadAll: () => void;
}

/** The beginning of a part, and how much of it that is. */
const Head = ({ data, isLoading, onLoadAll }: HeadProps) => (
  <>
    <div className={styles.cut}>
      <span>{payloadText.head(data.loadedBytes, data.totalBytes)}</span>
      <Button isBusy={isLoading} onClick={onLoadAll}>
        {payloadText.loadAll(data.totalBytes)}
      </Button>
    </div>
    <TextView text={data.text} look="code" />
  </>
);
