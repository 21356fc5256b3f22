import { useMemo } from 'react';
import { downloadHref } from '../api/event-part.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { DownloadLink } from '../payload/download-link.tsx';
import { EventPartView } from '../payload/event-part-view.tsx';
import { printJson } from '../payload/json/json-print.ts';
import { Frame } from '../payload/payload.tsx';
import { TextView } from '../payload/text/text-view.tsx';
import { payloadText } from '../text/payload.ts';
import { detailText } from '../text/detail.ts';
import type { EventDetail } from './event-detail.ts';
import type { EventName } from './event-query.ts';

/** To indent a megabyte takes a tenth of a second. A longer event is shown as it came. */
const longestIndented = 500_000;

/** The whole event as the service has it: indented, and with every digit. */
export function RawTab({
  name,
  detail,
}: {
  readonly name: EventName;
  readonly detail: EventDetail;
}) {
  const { event, omitted, bytes } = detail;
  const address = { ...name, part: 'event' } as const;
  const text = useMemo(() => {
    const { source } = event;
    return source.length > longestIndented ? source : printJson(event.document, event.index);
  }, [event]);
  const label = detailText.raw(bytes);
  if (omitted.size > 0) return <EventPartView label={label} field="event" address={address} />;
  return (
    <Frame
      label={label}
      tools={
        <>
          <CopyButton text={text} label={payloadText.copyAll} />
          <DownloadLink href={downloadHref(address)} />
        </>
      }
    >
      <TextView text={text} look="code" />
    </Frame>
  );
}
