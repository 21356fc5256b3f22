import type { NameServices } from '../calls/wire-names.ts';
import type { Clock } from '../clock.ts';
import type { EventReads } from '../domain/event-store.ts';
import type { Pricing } from '../domain/pricing.ts';
import type { Committer } from '../ingest/committer.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { PlaceServices } from '../projects/home-project.ts';

export interface ExploreServices extends NameServices, PlaceServices {
  readonly events: Pick<EventReads, 'explore' | 'readEvents' | 'readRollups'> &
    PlaceServices['events'];
  readonly clock: Pick<Clock, 'now'>;
  readonly committer: Pick<Committer, 'submit'>;
  readonly pricing: Pick<Pricing, 'of' | 'table'>;
  readonly metadata: Pick<SettingsStore, 'readSettings'> & NameServices['metadata'];
}
