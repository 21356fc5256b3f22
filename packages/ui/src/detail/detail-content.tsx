// A separate chunk, because it contains all payload views.
import type { DetailTab } from './detail-tab.ts';
import { InputOutput, type InputOutputProps } from './input-output.tsx';
import { MetadataTab } from './metadata-tab.tsx';
import { RawTab } from './raw-tab.tsx';

export interface DetailContentProps extends InputOutputProps {
  readonly tab: DetailTab;
}

/** The content below the head of an event. */
export function DetailContent({ tab, ...rest }: DetailContentProps) {
  switch (tab) {
    case 'io':
      return <InputOutput {...rest} />;
    case 'meta':
      return <MetadataTab {...rest} />;
    case 'raw':
      return <RawTab {...rest} />;
  }
}
